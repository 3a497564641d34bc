package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.ToTheBooking;
import org.carepathway.mllp.MllpClient;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One person with two numbers is booked for a visit under the one that is merged away: the visit
 * stands, once, under the record that goes on, and its time is free once it is cancelled.
 */
class MergedBookingTest extends RunningService {

  @Autowired private Capacity capacity;
  @Autowired private Clock clock;
  @Autowired private Hl7Feeds feeds;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "V" + UUID.randomUUID().toString().substring(0, 8);
  private List<Actor> actors;
  private FhirClient fhir;

  @BeforeEach
  void setUp() {
    fhir = new FhirClient(port());
    actors = ToTheBooking.setUp(capacity, LocalDate.now(clock)).toList();
  }

  @AfterEach
  void takeOutOfUse() {
    actors.forEach(actor -> capacity.retire(actor.id()));
  }

  @Test
  void aBookingOfWhoIsMergedAwayStandsOnceUnderTheRecordThatGoesOn() throws Exception {
    String kept = numbered("K" + number);
    String gone = numbered("G" + number);
    Appointment booked = booked(gone);
    assertThat(taken(booked)).as("room, operator, nurse and bay").isEqualTo(4);

    merge();

    Appointment stands = read(booked);
    assertThat(stands.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    assertThat(stands.getParticipant())
        .extracting(one -> one.getActor().getReference())
        .contains("Patient/" + kept)
        .doesNotContain("Patient/" + gone)
        .hasSize(booked.getParticipant().size());
    assertThat(taken(booked)).as("still taken").isEqualTo(4);

    Appointment change = new Appointment();
    change.setId(booked.getIdElement().toUnqualifiedVersionless());
    change.setStatus(AppointmentStatus.CANCELLED).setStart(booked.getStart());
    change
        .setEnd(booked.getEnd())
        .addParticipant()
        .setStatus(Appointment.ParticipationStatus.ACCEPTED)
        .getActor()
        .setReference("Patient/" + kept);
    Parameters cancel = new Parameters();
    cancel.addParameter().setName("appointment-resource").setResource(change);
    assertThat(operation("$book", cancel).getStatus()).isEqualTo(AppointmentStatus.CANCELLED);
    assertThat(taken(booked)).as("free").isZero();
  }

  private void merge() throws Exception {
    try (MllpClient client = new MllpClient(feeds.port("ehr").number())) {
      assertThat(
              client.send(
                  "MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129180000+0100||ADT^A40|%s|P|2.5\rPID|1||K%s^^^HOSPITAL^MR||K%s^Carmen||19481203|F\rMRG|G%s^^^HOSPITAL^MR\r"
                      .formatted(number, number, number, number)))
          .contains("MSA|AA|");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            "select said from inbox_message where message_id = ? and accepted",
                            String.class,
                            number))
                    .startsWith("Two patients were made one"));
  }

  private String numbered(String own) {
    Patient patient = new Patient();
    patient
        .addIdentifier()
        .setSystem("https://carepathway.org/fhir/hl7v2/authority/HOSPITAL")
        .setValue(own);
    patient.addName().setFamily(own);
    return fhir.as("referrer").create().resource(patient).execute().getId().getIdPart();
  }

  private Appointment booked(String patient) {
    Instant from = clock.instant().plus(Duration.ofDays(7));
    Bundle free =
        fhir.as("scheduler")
            .operation()
            .onType(Appointment.class)
            .named("$find")
            .withParameter(Parameters.class, "start", new DateTimeType(Date.from(from)))
            .andParameter("end", new DateTimeType(Date.from(from.plus(Duration.ofDays(7)))))
            .returnResourceType(Bundle.class)
            .execute();
    Appointment held =
        operation("$hold", reference((Appointment) free.getEntryFirstRep().getResource()));
    Parameters wanted = reference(held);
    Patient named = new Patient();
    named.setId("Patient/" + patient);
    wanted.addParameter().setName("patient-resource").setResource(named);
    return operation("$book", wanted);
  }

  private Appointment operation(String name, Parameters parameters) {
    Bundle answer =
        fhir.as("scheduler")
            .operation()
            .onType(Appointment.class)
            .named(name)
            .withParameters(parameters)
            .returnResourceType(Bundle.class)
            .execute();
    return (Appointment) answer.getEntryFirstRep().getResource();
  }

  private static Parameters reference(Appointment appointment) {
    return new Parameters()
        .addParameter(
            "appointment-reference",
            new Reference("Appointment/" + appointment.getIdElement().getIdPart()));
  }

  private Appointment read(Appointment appointment) {
    return fhir.as("coordinator")
        .read()
        .resource(Appointment.class)
        .withId(appointment.getIdElement().getIdPart())
        .execute();
  }

  private int taken(Appointment appointment) {
    return jdbc.queryForList(
            "select 1 from capacity_claim where appointment = ?",
            appointment.getIdElement().getIdPart())
        .size();
  }
}
