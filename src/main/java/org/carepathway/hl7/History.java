package org.carepathway.hl7;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;

/** What the EHR knows of a patient: allergies and diagnoses. */
final class History {

  private static final String ALLERGY_STATUS =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
  private static final String CONDITION_STATUS =
      "http://terminology.hl7.org/CodeSystem/condition-clinical";
  private static final int CODE = 3;
  private static final int WORDS = 4;

  private History() {}

  static List<Statement> allergies(Telling telling) {
    return lines(telling, "AL1")
        .map(
            line ->
                Statement.of(
                    "AllergyIntolerance",
                    List.of(telling.patient(), named(line, "The allergen", CODE)),
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
    return lines(telling, "DG1")
        .map(
            line ->
                Statement.of(
                    "Condition",
                    List.of(telling.patient(), named(line, "The diagnosis", CODE, WORDS)),
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

  /** Some senders send the segment with its number only: that says nothing. */
  private static Stream<Hl7Segment> lines(Telling telling, String name) {
    return telling.message().all(name).stream().filter(Hl7Segment::saysMoreThanItsNumber);
  }

  /** By the first of these fields that says it. */
  private static String named(Hl7Segment line, String what, int... fields) {
    return IntStream.of(fields)
        .mapToObj(line::first)
        .flatMap(Optional::stream)
        .map(Hl7Field::named)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElseThrow(
            () -> Hl7Refusal.at(line, CODE, Hl7Refusal.Fault.MISSING, what + " is missing"));
  }
}
