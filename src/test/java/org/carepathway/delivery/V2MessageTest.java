package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import org.carepathway.hl7.Understood;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;

/** Messages that we write are understood by the tables with which we read those of others. */
class V2MessageTest {

  private static final DeliverySettings.Hl7 PORT =
      new DeliverySettings.Hl7(
          "localhost",
          1,
          "EHR",
          "HOSPITAL",
          List.of(),
          null,
          null,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));
  private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");

  private static String message(
      String kind, DomainResource resource, DomainResource before, String words) {
    Patient patient = new Patient();
    patient.addIdentifier().setValue("77|8").getAssigner().setDisplay("H");
    patient.addName().setFamily("M\u00fcller & S\u00f6hne").addGiven("Ana^Mar\u00eda");
    patient.setBirthDateElement(new org.hl7.fhir.r4.model.DateType("1948-01-01"));
    patient.setGender(org.hl7.fhir.r4.model.Enumerations.AdministrativeGender.FEMALE);
    return new V2Message(
            PORT,
            ZoneId.of("Europe/Madrid"),
            "CP1A",
            patient,
            resource,
            resource.fhirType() + "/5f",
            "Procedure",
            words)
        .of(kind, before, AT);
  }

  private static Appointment appointment(AppointmentStatus status, long start) {
    Appointment appointment = new Appointment();
    appointment.setStatus(status);
    appointment.setStart(new Date(start));
    appointment.setEnd(new Date(start + 3_600_000));
    appointment.setMinutesDuration(60);
    return appointment;
  }

  @Test
  void aMeasuredValueIsAResult() {
    Observation pain = new Observation();
    pain.setStatus(Observation.ObservationStatus.FINAL);
    pain.setCode(new CodeableConcept(new Coding("http://loinc.org", "72514-3", "Pain severity")));
    pain.setEffective(new DateTimeType("2026-11-30T10:00:00+01:00"));
    pain.setValue(new Quantity().setValue(8).setCode("{score}").setUnit("{score}"));
    String message = message("ORU^R01", pain, null, "Pain");

    assertThat(Understood.patient(message).getNameFirstRep().getFamily())
        .isEqualTo("M\u00fcller & S\u00f6hne");
    assertThat(Understood.patient(message).getIdentifierFirstRep().getValue()).isEqualTo("77|8");
    Observation read = Understood.resources(message, Observation.class).get(0);
    assertThat(read.getCode().getCodingFirstRep().getCode()).isEqualTo("72514-3");
    assertThat(read.getValueQuantity().getValue()).isEqualByComparingTo("8");
    assertThat(read.getStatus()).isEqualTo(Observation.ObservationStatus.FINAL);
    assertThat(read.getEffectiveDateTimeType().getValue())
        .isEqualTo(pain.getEffectiveDateTimeType().getValue());

    pain.setStatus(Observation.ObservationStatus.ENTEREDINERROR);
    assertThat(message("ORU^R01", pain, null, "Pain")).contains("|||||W|").contains("|||X\r");
  }

  @Test
  void whatWasDoneIsTheTextOfAReport() {
    Procedure procedure = new Procedure();
    procedure.setStatus(Procedure.ProcedureStatus.COMPLETED);
    String message =
        message("ORU^R01", procedure, null, "Procedure\nStatus: completed | 100 % ^ all \\ done");
    assertThat(Understood.resources(message, DiagnosticReport.class))
        .singleElement()
        .satisfies(
            report ->
                assertThat(report.getConclusion())
                    .contains("Status: completed | 100 % ^ all \\ done"));
  }

  @Test
  void anAppointmentIsNewMovedChangedCancelledOrNotKept() {
    long ten = AT.toEpochMilli();
    Appointment booked = appointment(AppointmentStatus.BOOKED, ten);
    assertThat(event(booked, null)).isEqualTo("S12");
    assertThat(event(appointment(AppointmentStatus.BOOKED, ten + 60_000), booked)).isEqualTo("S13");
    assertThat(event(booked, booked)).isEqualTo("S14");
    assertThat(event(appointment(AppointmentStatus.CANCELLED, ten), booked)).isEqualTo("S15");
    assertThat(event(appointment(AppointmentStatus.NOSHOW, ten), booked)).isEqualTo("S26");

    Appointment read =
        Understood.resources(message("SIU", booked, null, "x"), Appointment.class).get(0);
    assertThat(read.getStart()).isEqualTo(booked.getStart());
    assertThat(read.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    assertThat(read.getMinutesDuration()).isEqualTo(60);
  }

  private static String event(Appointment appointment, Appointment before) {
    return message("SIU", appointment, before, "x").split("\\|")[8].split("\\^")[1];
  }

  @Test
  void aLetterComesWithItsFile() {
    DocumentReference letter = new DocumentReference();
    byte[] pdf = "%PDF-1.7 of a letter".getBytes();
    letter
        .addContent()
        .setAttachment(new Attachment().setContentType("application/pdf").setData(pdf));
    assertThat(
            Understood.resources(message("MDM^T02", letter, null, "x"), DocumentReference.class)
                .get(0)
                .getContentFirstRep()
                .getAttachment()
                .getData())
        .isEqualTo(pdf);
  }

  @Test
  void anOrderIsNewGoesOnOrIsRevoked() {
    ServiceRequest order = new ServiceRequest();
    order.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
    order.setCode(new CodeableConcept(new Coding("http://loinc.org", "24968-0", "MR Spine")));
    assertThat(message("ORM^O01", order, null, "Order"))
        .contains("\rORC|NW|ServiceRequest/5f^CAREPATHWAY|");
    assertThat(message("ORM^O01", order, order, "Order")).contains("\rORC|SC|");
    order.setStatus(ServiceRequest.ServiceRequestStatus.REVOKED);
    String revoked = message("ORM^O01", order, order, "Order");
    assertThat(revoked).contains("\rORC|CA|");
    assertThat(Understood.resources(revoked, ServiceRequest.class).get(0).getStatus())
        .isEqualTo(ServiceRequest.ServiceRequestStatus.REVOKED);
  }

  @Test
  void theSameEntryHasTheSameNumberEachTime() {
    Appointment booked = appointment(AppointmentStatus.BOOKED, AT.toEpochMilli());
    assertThat(message("SIU", booked, null, "x")).isEqualTo(message("SIU", booked, null, "x"));
  }
}
