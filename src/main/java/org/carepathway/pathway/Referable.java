package org.carepathway.pathway;

import java.time.LocalDate;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.ServiceRequest;

/** Who can be referred: somebody alive, who can be named and is not known under another record. */
final class Referable {

  private static final String SUBJECT = "ServiceRequest.subject";

  private Referable() {}

  /**
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) that says what to
   *     do
   */
  static void require(ServiceRequest referral) {
    if (referral.getDoNotPerform()) {
      throw Refusal.rule(
          "ServiceRequest.doNotPerform",
          "This asks that something is not done (doNotPerform), so no pathway starts and nothing"
              + " was stored. Leave doNotPerform out to refer the patient; to stop a pathway, set"
              + " the status of its referral to revoked.");
    }
  }

  /**
   * @param known the patient as they are known here
   * @param today nobody is born after it
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) that says what to
   *     do
   */
  static void require(Patient patient, Patient known, LocalDate today) {
    if (isDead(patient)) {
      throw Refusal.rule(
          SUBJECT,
          "The patient has died (Patient.deceased), so no pathway starts and nothing was stored."
              + " Correct the Patient first if that is wrong.");
    }
    if (isMerged(patient)) {
      throw Refusal.rule(
          SUBJECT,
          "The patient's record is no longer in use (Patient.active is false, or it was replaced"
              + " by another), so no pathway starts and nothing was stored. Refer the Patient that"
              + " is in use.");
    }
    if (isUnborn(patient, today)) {
      throw Refusal.rule(
          SUBJECT,
          "The patient's date of birth (Patient.birthDate) lies in the future, so no pathway starts"
              + " and nothing was stored. Correct the Patient, then send the referral.");
    }
    if (!isNamed(known)) {
      throw Refusal.rule(
          SUBJECT,
          "The patient has no name, so no pathway starts and nothing was stored: nobody could call"
              + " them. Send the Patient with Patient.name, then the referral.");
    }
  }

  static boolean isNamed(Patient known) {
    String name = PatientIdentity.name(known);
    return name != null && !name.isBlank();
  }

  /** A date may be a year or a month only. */
  private static boolean isUnborn(Patient patient, LocalDate today) {
    String born = patient.getBirthDateElement().getValueAsString();
    return born != null && born.compareTo(today.toString().substring(0, born.length())) > 0;
  }

  private static boolean isDead(Patient patient) {
    return patient.hasDeceased()
        && !(patient.getDeceased() instanceof BooleanType said && !said.booleanValue());
  }

  private static boolean isMerged(Patient patient) {
    return patient.hasActive() && !patient.getActive()
        || patient.getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY);
  }
}
