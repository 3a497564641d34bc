package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.carepathway.RunningService;
import org.carepathway.booking.Weeks;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.SchedulingCalls;
import org.carepathway.endtoend.ToTheBooking;
import org.carepathway.mllp.MllpClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The same room in the same minutes by three doors at once: the form of a pathway, {@code
 * Appointment/$book} and a message of the EHR. Of the two that we book one wins; what the EHR says
 * has happened already, so it is kept, and whoever is booked there is refused or to be moved.
 */
class ThreeDoorsTest extends RunningService {

  private static final int ROUNDS = 6;

  @Autowired private Capacity capacity;
  @Autowired private Hl7Feeds feeds;
  @Autowired private ScenarioPlayer player;
  @Autowired private AnswerSheets sheets;
  @Autowired private Pathways pathways;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Weeks weeks;
  @Autowired private Clock clock;
  @Autowired private JdbcTemplate jdbc;

  private final String own = UUID.randomUUID().toString().substring(0, 8);
  private final Map<String, Actor> actors = new HashMap<>();
  private FhirClient fhir;
  private SchedulingCalls scheduling;

  @BeforeEach
  void setUp() {
    fhir = new FhirClient(port());
    scheduling = new SchedulingCalls(fhir);
    for (String kind : List.of("room", "operator", "sedation-nurse", "recovery-bay")) {
      Actor actor = capacity.setUp(kind, kind + ' ' + own);
      actors.put(kind, actor);
      for (DayOfWeek day : DayOfWeek.values()) {
        capacity.addSession(
            actor.id(), day, LocalTime.of(0, 0), LocalTime.of(0, 0), LocalDate.now(clock), null);
      }
    }
  }

  @AfterEach
  void takeOutOfUse() {
    actors.values().forEach(actor -> capacity.retire(actor.id()));
  }

  @Test
  void whoeverIsFirstHasItAndTheOthersAreToldOrPlannedAgain() throws Exception {
    String patient = fhir.sendPatient("boehm-cassaundra.json");
    String visitor = fhir.sendPatient("klein-genevie.json");
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    Pathway pathway = pathways.ofReferral(referral).orElseThrow();
    ToTheBooking.play(player, serviceClock, pathway.id());
    int pages = 0;
    for (int round = 0; round < ROUNDS && pages == 0; round++) {
      Instant start = noon(5 + round);
      Appointment free = proposed(start);
      Task task = fhir.openTasks(referral).get(0);
      QuestionnaireResponse answers = answers(pathway, task, start);
      String number = own + round;

      List<String> told =
          atOnce(
              () -> page(task.getIdElement().getIdPart(), answers),
              () -> booked(free, visitor),
              () -> sent(number, "S12", start));

      assertThat(told.get(2)).contains("MSA|AA|");
      settled(number + "S12");
      List<String> ours = holding(start, "booked");
      assertThat(holding(start, "external")).as("what the EHR said").hasSize(1);
      assertThat(ours).as("booked by us at most once").hasSizeLessThanOrEqualTo(1);
      assertThat(told.subList(0, 2))
          .filteredOn(String::isEmpty)
          .as("who was told that they have it: %s", told)
          .hasSize(ours.size());
      assertThat(told.subList(0, 2))
          .filteredOn(answer -> !answer.isEmpty())
          .allMatch(
              answer ->
                  answer.contains("room " + own)
                      && (answer.contains("is taken from")
                          || answer.contains("by another system")
                          || answer.contains("is not free from")));
      if (told.get(0).isEmpty()) {
        pages++;
        await()
            .atMost(Duration.ofSeconds(120))
            .untilAsserted(() -> assertThat(replanning(referral)).hasSize(1));
      } else {
        assertThat(fhir.openTasks(referral))
            .extracting(Task::getId)
            .as("the form waits still")
            .contains(task.getId());
      }
      if (told.get(1).isEmpty()) {
        assertThat(away(start)).as("shown on the page Bookings").contains("room " + own);
      }
      System.out.printf(
          "three doors, round %d: form %s, $book %s%n", round, won(told.get(0)), won(told.get(1)));
    }
  }

  /** The form was first: the scheduler has one task, and the booking stands until it is done. */
  @Test
  void whoIsBookedWhenTheEhrComesIsPlannedAgain() throws Exception {
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    Pathway pathway = pathways.ofReferral(referral).orElseThrow();
    ToTheBooking.play(player, serviceClock, pathway.id());
    Instant start = noon(6);
    Task task = fhir.openTasks(referral).get(0);
    assertThat(page(task.getIdElement().getIdPart(), answers(pathway, task, start))).isEmpty();
    sent(own, "S12", start);
    sent(own, "S14", start);
    settled(own + "S14");
    await()
        .atMost(Duration.ofSeconds(120))
        .untilAsserted(() -> assertThat(replanning(referral)).hasSize(1));
    assertThat(holding(start, "booked")).hasSize(1);
    assertThat(away(start)).contains("room " + own);
  }

  /** The EHR was first, and nobody here knows the patient: the room is busy all the same. */
  @Test
  void aRoomThatTheEhrBooksForSomebodyElseIsBusyUntilItIsTakenBack() throws Exception {
    Instant start = noon(20);
    Appointment free = proposed(start);
    String visitor = fhir.sendPatient("klein-genevie.json");
    assertThat(sent(own, "S12", start)).contains("MSA|AA|");
    settled(own + "S12");
    assertThat(
            jdbc.queryForObject(
                "select state from inbox_message where message_id = ?", String.class, own + "S12"))
        .as("of nobody who is known here")
        .isEqualTo("held");
    assertThat(holding(start, "external")).hasSize(1);
    assertThat(free(start)).as("never found").isEmpty();
    assertThat(held(free)).contains("room " + own, "is not free from");
    assertThat(booked(free, visitor)).contains("room " + own, "is not free from");

    Instant moved = start.plus(Duration.ofDays(1));
    sent(own, "S13", moved);
    settled(own + "S13");
    assertThat(holding(start, "external")).as("moved").isEmpty();
    assertThat(holding(moved, "external")).hasSize(1);
    sent(own, "S15", moved);
    settled(own + "S15");
    assertThat(holding(moved, "external")).as("cancelled").isEmpty();
    assertThat(booked(free, visitor)).isEmpty();
  }

  private static String won(String told) {
    return told.isEmpty() ? "has it" : "is refused";
  }

  private Instant noon(int days) {
    return LocalDate.now(clock).plusDays(days).atTime(12, 0).atZone(clock.getZone()).toInstant();
  }

  private static List<String> atOnce(
      Callable<String> first, Callable<String> second, Callable<String> third) throws Exception {
    ExecutorService doors = Executors.newFixedThreadPool(3);
    CyclicBarrier go = new CyclicBarrier(3);
    try {
      List<Future<String>> told = new ArrayList<>();
      for (Callable<String> door : List.of(first, second, third)) {
        told.add(
            doors.submit(
                () -> {
                  go.await();
                  return door.call();
                }));
      }
      return List.of(told.get(0).get(), told.get(1).get(), told.get(2).get());
    } finally {
      doors.shutdownNow();
    }
  }

  /** Empty when the form was taken, else why not. */
  private String page(String task, QuestionnaireResponse answers) {
    try {
      fhir.complete("scheduler", task, answers);
      return "";
    } catch (BaseServerResponseException refused) {
      return refused.getStatusCode() + refused.getResponseBody();
    }
  }

  /** Empty when it was booked, else why not. */
  private String booked(Appointment free, String patient) {
    return refusal(scheduling.book(free.getIdElement().getIdPart(), patient));
  }

  private String held(Appointment free) {
    return refusal(scheduling.hold(free.getIdElement().getIdPart()));
  }

  private static String refusal(Bundle answer) {
    Resource only = answer.getEntryFirstRep().getResource();
    return only instanceof OperationOutcome outcome
        ? outcome.getIssueFirstRep().getDetails().getText()
            + outcome.getIssueFirstRep().getDiagnostics()
        : "";
  }

  private String sent(String number, String event, Instant start) throws Exception {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx").withZone(ZoneOffset.UTC);
    try (MllpClient client = new MllpClient(feeds.port("ehr").number())) {
      return client.send(
          "MSH|^~\\&|EHR|HOSPITAL|CP|S|%s||SIU^%s|%s|P|2.5\rSCH|A%s^EHR|A%s^EHR|||||MRI^MRI^L|||min|^^^%s^%s\rPID|1||N%s^^^HOSPITAL^MR||Nobody^Nora||19500101|F\rRGS|1\rAIL|1||R^%s^^RAD\r"
              .formatted(
                  time.format(clock.instant()),
                  event,
                  number + event,
                  number,
                  number,
                  time.format(start),
                  time.format(start.plus(Duration.ofMinutes(45))),
                  own,
                  "room " + own));
    }
  }

  private void settled(String message) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                jdbc.queryForList(
                        "select 1 from inbox_message where message_id = ? and state <> 'new'",
                        message)
                    .size(),
            found -> found == 1);
  }

  private List<Appointment> free(Instant start) {
    Parameters parameters = new Parameters();
    parameters.addParameter("start", new DateTimeType(Date.from(start)));
    parameters.addParameter("end", new DateTimeType(Date.from(start.plusSeconds(60))));
    parameters.addParameter("location-reference", new Reference(actors.get("room").reference()));
    return scheduling.find(parameters).getEntry().stream()
        .map(entry -> (Appointment) entry.getResource())
        .toList();
  }

  private Appointment proposed(Instant start) {
    return free(start).get(0);
  }

  private QuestionnaireResponse answers(Pathway pathway, Task task, Instant start) {
    Map<String, Object> answers = new HashMap<>();
    actors.forEach((kind, actor) -> answers.put(kind, actor.name()));
    answers.putAll(
        Map.of(
            "start",
            start.toString(),
            "duration",
            60,
            "arrival",
            start.minus(Duration.ofHours(2)).toString(),
            "fasting-from",
            start.minus(Duration.ofHours(8)).toString(),
            "escort-name",
            "Daughter",
            "escort-phone",
            "+1 555 0101",
            "reminder",
            "reminder-phone"));
    return sheets.fill(
        pathways
            .view(pathway.id())
            .orElseThrow()
            .content()
            .questionnaire(
                task.getInputFirstRep().getValue().primitiveValue().replaceAll("^.*/", "")),
        fhir.populate("scheduler", task.getIdElement().getIdPart()),
        answers);
  }

  private List<String> holding(Instant start, String state) {
    return jdbc.queryForList(
        """
        select appointment from capacity_claim
        where actor = ? and state = ? and during @> cast(? as timestamptz)\
        """,
        String.class,
        actors.get("room").id(),
        state,
        start.toString());
  }

  private List<Task> replanning(String referral) {
    return fhir.openTasks(referral).stream()
        .filter(task -> "ReplanBooking".equals(task.getCode().getCodingFirstRep().getCode()))
        .toList();
  }

  private String away(Instant start) {
    LocalDate day = start.atZone(clock.getZone()).toLocalDate();
    return ActAs.role(Role.SCHEDULER, "scheduler", "Scheduler", () -> weeks.of(day, 1))
        .rows()
        .stream()
        .filter(row -> row.actor().id() == actors.get("room").id())
        .flatMap(row -> row.cells().stream())
        .flatMap(List::stream)
        .map(each -> each.away())
        .reduce("", String::concat);
  }
}
