package org.carepathway.delivery;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What steps write by chance: something new, a change of something, or what is taken back. */
final class Steps {

  private static final Instant BEGIN = Instant.parse("2026-11-01T08:00:00Z");

  private final Random random;
  private final Map<String, DomainResource> last = new LinkedHashMap<>();
  private int number;

  Steps(Random random) {
    this.random = random;
  }

  /**
   * @param isRolledBack whether the step fails, and so has written nothing
   */
  record Step(
      String patient, String kind, String subject, DomainResource resource, boolean isRolledBack) {}

  /** Subject to the resource as it was written last. */
  Map<String, DomainResource> last() {
    return last;
  }

  Step next() {
    number++;
    boolean isRolledBack = random.nextInt(10) == 0;
    DomainResource resource = last.isEmpty() || random.nextInt(3) > 0 ? created() : changed();
    String subject = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
    if (!isRolledBack) {
      last.put(subject, resource);
    }
    String kind = resource.fhirType().toLowerCase(java.util.Locale.ROOT);
    return new Step(patient(resource), kind, subject, resource, isRolledBack);
  }

  private static String patient(DomainResource resource) {
    Reference subject =
        resource instanceof Appointment appointment
            ? appointment.getParticipantFirstRep().getActor()
            : (Reference) resource.getNamedProperty("subject").getValues().get(0);
    return subject.getReferenceElement().getIdPart();
  }

  private DomainResource created() {
    Reference patient = new Reference("Patient/p" + random.nextInt(DeliveryProcess.PATIENTS));
    Date at = Date.from(BEGIN.plusSeconds(60L * number));
    DomainResource resource =
        switch (random.nextInt(3)) {
          case 0 -> procedure(patient, at);
          case 1 -> observation(patient, at);
          default -> appointment(patient, at);
        };
    resource.setId(UUID.randomUUID().toString());
    return resource;
  }

  private static Procedure procedure(Reference patient, Date at) {
    Procedure procedure = new Procedure();
    procedure.setStatus(ProcedureStatus.COMPLETED);
    procedure.setSubject(patient);
    procedure.setCode(
        new CodeableConcept(
            new Coding(
                "https://carepathway.org/fhir/CodeSystem/procedure-code",
                "percutaneous-vertebroplasty",
                null)));
    procedure.setPerformed(new Period().setStartElement(new DateTimeType(at)));
    return procedure;
  }

  private Observation observation(Reference patient, Date at) {
    Observation observation = new Observation();
    observation.setStatus(ObservationStatus.FINAL);
    observation.setSubject(patient);
    observation.setCode(new CodeableConcept(new Coding("http://loinc.org", "72514-3", null)));
    observation.setEffective(new DateTimeType(at));
    observation.setValue(
        new Quantity().setValue(BigDecimal.valueOf(random.nextInt(11))).setUnit("{score}"));
    return observation;
  }

  private static Appointment appointment(Reference patient, Date at) {
    Appointment appointment = new Appointment();
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(at);
    appointment.setEnd(Date.from(at.toInstant().plusSeconds(3600)));
    appointment
        .addParticipant()
        .setActor(patient)
        .setStatus(Appointment.ParticipationStatus.ACCEPTED);
    return appointment;
  }

  private DomainResource changed() {
    DomainResource resource =
        (DomainResource) List.copyOf(last.values()).get(random.nextInt(last.size())).copy();
    if (resource instanceof Procedure procedure) {
      procedure.setStatus(
          random.nextBoolean() ? ProcedureStatus.STOPPED : ProcedureStatus.ENTEREDINERROR);
    } else if (resource instanceof Observation observation) {
      observation.setStatus(
          random.nextBoolean() ? ObservationStatus.AMENDED : ObservationStatus.ENTEREDINERROR);
    } else if (resource instanceof Appointment appointment) {
      appointment.setStatus(
          random.nextBoolean() ? AppointmentStatus.CANCELLED : AppointmentStatus.NOSHOW);
    }
    return resource;
  }

  static String status(Resource resource) {
    return resource.getNamedProperty("status").getValues().stream()
        .map(Base::primitiveValue)
        .findFirst()
        .orElse("");
  }
}
