package org.carepathway.hl7;

import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;

/** What the EHR knows of a patient: allergies and diagnoses. */
final class History {

  private static final String ALLERGY_STATUS =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
  private static final String CONDITION_STATUS =
      "http://terminology.hl7.org/CodeSystem/condition-clinical";
  private static final int CODE = 3;

  private History() {}

  static List<Statement> allergies(Telling telling) {
    return telling.message().all("AL1").stream()
        .map(
            line ->
                Statement.of(
                    "AllergyIntolerance",
                    List.of(telling.patient(), code(line, "The allergen")),
                    known -> {
                      AllergyIntolerance allergy = (AllergyIntolerance) known;
                      telling.fill(allergy, List.of(line));
                      allergy
                          .getClinicalStatus()
                          .getCodingFirstRep()
                          .setSystem(ALLERGY_STATUS)
                          .setCode("active");
                    }))
        .toList();
  }

  static List<Statement> conditions(Telling telling) {
    return telling.message().all("DG1").stream()
        .map(
            line ->
                Statement.of(
                    "Condition",
                    List.of(telling.patient(), code(line, "The diagnosis")),
                    known -> {
                      Condition condition = (Condition) known;
                      telling.fill(condition, List.of(line));
                      condition
                          .getClinicalStatus()
                          .getCodingFirstRep()
                          .setSystem(CONDITION_STATUS)
                          .setCode("active");
                    }))
        .toList();
  }

  /** Its code, else its words. */
  private static String code(Hl7Segment line, String what) {
    return line.first(CODE)
        .map(Hl7Field::whole)
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () -> Hl7Refusal.at(line, CODE, Hl7Refusal.Fault.MISSING, what + " is missing"));
  }
}
