package org.carepathway.rehearsal;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
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
