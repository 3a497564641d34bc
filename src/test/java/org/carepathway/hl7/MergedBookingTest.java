package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.SchedulingCalls;
import org.carepathway.endtoend.ToTheBooking;
import org.carepathway.inbox.Inbox;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One person with two numbers is booked under one of them or both (ADR 0051): each booking stands,
 * once, under the record that goes on; its time is free once it is cancelled; and where two remain
 * a person says which one is needed.
 */
class MergedBookingTest extends RunningService {

  private static final String SYSTEM = "https://carepathway.org/fhir/hl7v2/authority/HOSPITAL";

  private static final String LINKED =
      """
      {"resourceType":"Bundle","type":"message","entry":[
        {"fullUrl":"urn:uuid:0b5c7f0e-1f3d-4c0e-9a4c-0d6f3f8f5a01","resource":{"resourceType":"MessageHeader","id":"%s",
          "eventUri":"urn:ihe:iti:pmir:2019:patient-feed","source":{"endpoint":"http://registry.example.org"}}},
        {"fullUrl":"urn:uuid:0b5c7f0e-1f3d-4c0e-9a4c-0d6f3f8f5a02","resource":{"resourceType":"Bundle","type":"history","entry":[
          {"fullUrl":"http://registry.example.org/fhir/Patient/g","resource":{"resourceType":"Patient","id":"g","active":false,
            "identifier":[{"system":"%s","value":"G%s"}],"link":[{"other":{"reference":"Patient/%s"},"type":"replaced-by"}]},
           "request":{"method":"PUT","url":"Patient/g"},"response":{"status":"200"}}]}}]}
      """;

  @Autowired private Capacity capacity;
  @Autowired private Clock clock;
  @Autowired private Hl7Feeds feeds;
  @Autowired private Inbox inbox;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "V" + UUID.randomUUID().toString().substring(0, 8);
  private List<Actor> actors;
  private FhirClient fhir;
  private SchedulingCalls scheduling;

  @BeforeEach
  void setUp() {
    fhir = new FhirClient(port());
    scheduling = new SchedulingCalls(fhir);
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
    settled(number, "done: Two patients were made one");

    standsOnceUnder(kept, gone, booked);
    cancelled(booked, kept);
  }

  /** Nobody is on a pathway: the feed's message is the question. */
  @Test
  void whereBothAreBookedBothStandAndAPersonIsAskedUntilOneIsCancelled() throws Exception {
    String kept = numbered("K" + number);
    String gone = numbered("G" + number);
    Appointment first = booked(kept);
    Appointment second = booked(gone);
    int before = freed();

    merge();
    settled(number, "asked: Two patients were made one; 1 resources were moved. Both had");

    standsOnceUnder(kept, gone, first);
    standsOnceUnder(kept, gone, second);
    assertThat(freed()).as("offered to nobody else").isEqualTo(before);
    cancelled(second, kept);
    assertThat(taken(first)).as("the other one stands").isEqualTo(4);

    inbox.replay(messageOf(number), "scheduler");
    settled(number, "done: Both numbers were of this patient already.");
    standsOnceUnder(kept, gone, first);
  }

  /** IHE ITI-93, {@code Patient.link}: by the same rule. */
  @Test
  void aLinkOfPatientsWithBookingsFollowsTheSameRule() throws Exception {
    String kept = numbered("K" + number);
    String gone = numbered("G" + number);
    Appointment first = booked(kept);
    Appointment second = booked(gone);

    assertThat(
            new Caller(port(), "ehr")
                .fhir("POST", "$process-message", LINKED.formatted(number, SYSTEM, number, kept))
                .statusCode())
        .isEqualTo(200);
    settled(number + "/%", "asked: Two patients were made one; 1 resources were moved. Both had");
    standsOnceUnder(kept, gone, first);
    standsOnceUnder(kept, gone, second);
  }

  /** Nothing is merged before one of the pathways has ended, which frees its time. */
  @Test
  void whereBothAreBookedByAPathwayNothingMovesUntilOneHasEnded() throws Exception {
    String kept = travelling("K" + number);
    String gone = travelling("G" + number);
    String ends = referral(gone);
    Appointment first = booked(referral(kept), "@now+96h");
    Appointment second = booked(ends, "@now+101h");

    merge();
    settled(number, "asked: Both patients are on a pathway.");
    assertThat(taken(first) + taken(second)).as("both stand").isEqualTo(8);

    ServiceRequest current =
        fhir.as("referrer").read().resource(ServiceRequest.class).withId(ends).execute();
    fhir.as("referrer")
        .update()
        .resource(current.setStatus(ServiceRequestStatus.REVOKED))
        .execute();
    assertThat(taken(second)).as("free at once").isZero();
    call(ends);
    inbox.replay(messageOf(number), "scheduler");
    settled(number, "done: Two patients were made one");
    assertThat(taken(first)).isEqualTo(4);
    assertThat(read(first).getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    assertThat(pathways.ofPatient(kept)).filteredOn(Pathway::isActive).hasSize(1);
  }

  /** A visit comes to a patient whom a pathway has booked: the coordinator's task. */
  @Test
  void aBookingThatJoinsAPathwaysIsTheCoordinatorsTask() throws Exception {
    String kept = travelling("K" + number);
    String gone = numbered("G" + number);
    Appointment own = booked(referral(kept), "@now+96h");
    Appointment visit = booked(gone);

    merge();
    settled(number, "done: Two patients were made one");

    assertThat(taken(own) + taken(visit)).isEqualTo(8);
    assertThat(fhir.openTasks(referral(kept)))
        .filteredOn(task -> "WeighAdmission".equals(task.getCode().getCodingFirstRep().getCode()))
        .hasSize(1);
  }

  private void standsOnceUnder(String kept, String gone, Appointment booked) {
    Appointment stands = read(booked);
    assertThat(stands.getStatus()).isEqualTo(AppointmentStatus.BOOKED);
    assertThat(stands.getStart()).isEqualTo(booked.getStart());
    assertThat(stands.getParticipant())
        .extracting(one -> one.getActor().getReference())
        .contains("Patient/" + kept)
        .doesNotContain("Patient/" + gone)
        .hasSize(booked.getParticipant().size());
    assertThat(taken(booked)).as("still booked").isEqualTo(4);
  }

  private void cancelled(Appointment booked, String patient) {
    assertThat(scheduling.cancelled(booked, patient).getStatus())
        .isEqualTo(AppointmentStatus.CANCELLED);
    assertThat(taken(booked)).as("free").isZero();
  }

  private String travelling(String own) throws Exception {
    String id = fhir.sendPatient("boehm-cassaundra.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(SYSTEM).setValue(own);
    fhir.as("referrer").update().resource(here).execute();
    fhir.refer(id);
    return id;
  }

  private String referral(String patient) {
    return pathways.ofPatient(patient).get(0).referralId();
  }

  /** What the pathway of a referral books, in the rooms and with the people of this test. */
  private Appointment booked(String referral, String start) throws Exception {
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    ToTheBooking.play(player, serviceClock, pathway);
    Answer booking =
        HappyPath.scenario().steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .filter(answer -> answer.task().equals("BookProcedure"))
            .findFirst()
            .orElseThrow();
    Map<String, Object> answers = new HashMap<>(booking.answers());
    answers.put("start", start);
    actors.forEach(actor -> answers.put(actor.kind(), actor.name()));
    player.play(pathway, new Answer(booking.task(), answers, true, List.of()));
    return FhirClient.resources(
            fhir.as("coordinator")
                .search()
                .byUrl("Appointment?status=booked&based-on=ServiceRequest/" + referral),
            Appointment.class)
        .get(0);
  }

  /** What has to be settled before a pathway ends, here the blood thinner on hold. */
  private void call(String referral) {
    player.play(
        pathways.ofReferral(referral).orElseThrow().id(),
        new Answer(
            "CallAboutThinner",
            Map.of(
                "resume",
                List.of(
                    Map.of(
                        "resume-decision",
                        "hold-take-again",
                        "resume-at",
                        "@now+2h",
                        "resume-dose",
                        "5 mg twice a day")),
                "resume-told",
                true),
            true,
            List.of()));
  }

  private int freed() {
    return jdbc.queryForList("select 1 from capacity_freed").size();
  }

  private void merge() throws Exception {
    try (MllpClient client = new MllpClient(feeds.port("ehr").number())) {
      assertThat(
              client.send(
                  "MSH|^~\\&|EHR|HOSPITAL|CP|S|20261129180000+0100||ADT^A40|%s|P|2.5\rPID|1||K%s^^^HOSPITAL^MR||K%s^Carmen||19481203|F\rMRG|G%s^^^HOSPITAL^MR\r"
                      .formatted(number, number, number, number)))
          .contains("MSA|AA|");
    }
  }

  private void settled(String message, String begins) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select state || ': ' || said from inbox_message where message_id like ? and accepted",
                            String.class,
                            message))
                    .singleElement()
                    .asString()
                    .startsWith(begins));
  }

  private long messageOf(String message) {
    return jdbc.queryForObject(
        "select id from inbox_message where message_id = ? and accepted", Long.class, message);
  }

  private String numbered(String own) {
    Patient patient = new Patient();
    patient.addIdentifier().setSystem(SYSTEM).setValue(own);
    patient.addName().setFamily(own);
    return fhir.as("referrer").create().resource(patient).execute().getId().getIdPart();
  }

  private Appointment booked(String patient) {
    return scheduling.booked(patient, clock.instant().plus(Duration.ofDays(7)));
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
            "select 1 from capacity_claim where appointment = ? and state = 'booked'",
            appointment.getIdElement().getIdPart())
        .size();
  }
}
