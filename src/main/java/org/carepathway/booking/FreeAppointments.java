package org.carepathway.booking;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.carepathway.record.Records;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Appointments in the store that no pathway has booked. */
@Component
class FreeAppointments {

  private final IRepository repository;
  private final Records records;
  private final PatientScope scope;

  FreeAppointments(IRepository repository, Records records, PatientScope scope) {
    this.repository = repository;
    this.records = records;
    this.scope = scope;
  }

  Appointment known(String id) {
    try {
      return repository.read(Appointment.class, new IdType("Appointment", id));
    } catch (ResourceNotFoundException | ResourceGoneException missing) {
      throw new Impossible(IssueType.NOTFOUND, "There is no such appointment.");
    }
  }

  /** That the patient is stored and in sight. */
  void requirePatient(String patient) {
    if (patient == null || !scope.isVisible(patient) || !isStored(patient)) {
      throw new Impossible(
          IssueType.NOTFOUND,
          "Name the patient by patient-resource with the id of one who is stored and in your sight.");
    }
  }

  private boolean isStored(String patient) {
    try {
      repository.read(Patient.class, new IdType("Patient", patient));
      return true;
    } catch (ResourceNotFoundException | ResourceGoneException missing) {
      return false;
    }
  }

  /** That no step of a pathway has booked it, and its patient is in sight. */
  void requireOurs(Appointment appointment) {
    IdType id = new IdType("Appointment", appointment.getIdElement().getIdPart());
    if (records.isWrittenByPathway(id)) {
      throw new Impossible(
          IssueType.FORBIDDEN,
          "A pathway's step has booked it: report the change at the pathway, CarePlan/$report.");
    }
    patient(appointment).ifPresent(this::requirePatient);
  }

  /** The id of whom it is for. */
  static Optional<String> patient(Appointment appointment) {
    return appointment.getParticipant().stream()
        .map(participant -> participant.getActor().getReference())
        .filter(reference -> reference != null && reference.startsWith("Patient/"))
        .map(reference -> new IdType(reference).getIdPart())
        .findFirst();
  }

  Appointment keep(Appointment appointment) {
    String url = "Appointment/" + appointment.getIdElement().getIdPart();
    appointment.setId(url);
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    bundle
        .addEntry()
        .setFullUrl(url)
        .setResource(appointment)
        .getRequest()
        .setMethod(HTTPVerb.PUT)
        .setUrl(url);
    repository.transaction(bundle);
    return appointment;
  }
}
