package org.carepathway.fhirfeed;

import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Resource;

/** What counts no more because the EHR that said it does not have it any more. */
final class TakenBack {

  private static final String VERIFICATION =
      "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
  private static final String ERROR = "entered-in-error";

  private TakenBack() {}

  /** The same as entered in error. R4 ait-2: such an allergy has no clinical status. */
  static Resource of(Resource resource) {
    Resource back = resource.copy();
    if (back instanceof AllergyIntolerance allergy) {
      allergy.setClinicalStatus(null);
      allergy.setVerificationStatus(new CodeableConcept(new Coding(VERIFICATION, ERROR, null)));
    } else if (back instanceof MedicationRequest order) {
      order.setStatus(MedicationRequestStatus.ENTEREDINERROR);
    } else if (back instanceof MedicationStatement statement) {
      statement.setStatus(MedicationStatementStatus.ENTEREDINERROR);
    } else if (back instanceof Appointment appointment) {
      appointment.setStatus(AppointmentStatus.ENTEREDINERROR);
    }
    return back;
  }

  static boolean is(Resource resource) {
    return resource.equalsDeep(of(resource));
  }
}
