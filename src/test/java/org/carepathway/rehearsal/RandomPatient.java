package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;

/** A patient of whom the record knows little, and the referral. */
record RandomPatient(Bundle bundle, ServiceRequest referral) {

  private static final Path REFERRAL = Path.of("src/main/resources/demo/referral.json");
  private static final int[] AGES = {78, 84, 65, 50, 49, 34, 19, 95};

  static RandomPatient of(Choices choices, Map<String, Object> usual, LocalDate today) {
    Patient patient = new Patient();
    patient.setId(UUID.randomUUID().toString());
    patient.addName().setFamily("Random").addGiven("Pat");
    patient.setGender(
        choices.below(3) == 2 ? AdministrativeGender.MALE : AdministrativeGender.FEMALE);
    patient.setBirthDate(
        java.sql.Date.valueOf(today.minusYears(AGES[choices.below(AGES.length)]).minusDays(9)));
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    put(bundle, patient);
    if (choices.chance(50)) {
      put(bundle, cementAllergy(patient));
    }
    return new RandomPatient(bundle, referral(choices, usual));
  }

  /** What the EHR may learn of a patient at any time. */
  static List<Resource> facts(Patient patient, ZonedDateTime now) {
    Reference who = new Reference("Patient/" + patient.getIdElement().getIdPart());
    List<Resource> facts =
        new ArrayList<>(
            List.of(
                cementAllergy(patient),
                taken(who, "855332"), // warfarin 5 mg
                onHold(who, "Coumadin 5 mg"),
                taken(who, "310965"))); // ibuprofen 200 mg
    if (patient.getGender() == AdministrativeGender.FEMALE) {
      facts.add(pregnant(who, now));
    }
    return facts;
  }

  private static MedicationStatement taken(Reference who, String rxnorm) {
    return (MedicationStatement)
        new MedicationStatement()
            .setStatus(MedicationStatementStatus.ACTIVE)
            .setSubject(who)
            .setMedication(coded("http://www.nlm.nih.gov/research/umls/rxnorm", rxnorm))
            .setId(UUID.randomUUID().toString());
  }

  private static MedicationStatement onHold(Reference who, String text) {
    return (MedicationStatement)
        new MedicationStatement()
            .setStatus(MedicationStatementStatus.ONHOLD)
            .setSubject(who)
            .setMedication(new CodeableConcept().setText(text))
            .setId(UUID.randomUUID().toString());
  }

  private static Observation pregnant(Reference who, ZonedDateTime now) {
    return (Observation)
        new Observation()
            .setStatus(ObservationStatus.FINAL)
            .setSubject(who)
            .setCode(coded("http://loinc.org", "82810-3"))
            .setEffective(new DateTimeType(java.util.Date.from(now.toInstant())))
            .setValue(coded("http://snomed.info/sct", "77386006"))
            .setId(UUID.randomUUID().toString());
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding(system, code, null));
  }

  static AllergyIntolerance cementAllergy(Patient patient) {
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setId(UUID.randomUUID().toString());
    allergy.getPatient().setReference("Patient/" + patient.getIdElement().getIdPart());
    allergy
        .getClinicalStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical")
        .setCode("active");
    allergy
        .getVerificationStatus()
        .addCoding()
        .setSystem("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification")
        .setCode("confirmed");
    allergy.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("427811002");
    return allergy;
  }

  private static ServiceRequest referral(Choices choices, Map<String, Object> usual) {
    try {
      ServiceRequest referral =
          FhirContext.forR4Cached()
              .newJsonParser()
              .parseResource(ServiceRequest.class, Files.readString(REFERRAL));
      referral.getIdentifierFirstRep().setValue(UUID.randomUUID().toString());
      if (usual.get("code") instanceof Map<?, ?> code) {
        referral.setCode(
            new CodeableConcept(
                new Coding((String) code.get("system"), (String) code.get("code"), null)));
      }
      return referral.setPriority(
          choices.of(List.of(ServiceRequestPriority.ROUTINE, ServiceRequestPriority.URGENT)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Bundle bundle, Resource resource) {
    bundle
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(resource.fhirType() + '/' + resource.getIdElement().getIdPart());
  }
}
