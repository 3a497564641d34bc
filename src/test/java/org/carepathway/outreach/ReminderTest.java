package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.carepathway.RunningService;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.ical.BookedEvent;
import org.carepathway.ical.BookedEventRows;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Reminders of an appointment that moves, and what follows where they do not arrive. */
class ReminderTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Records records;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private MessageRows rows;
  @Autowired private Matters matters;
  @Autowired private Outcomes outcomes;
  @Autowired private ContactLadder ladder;
  @Autowired private AppointmentAnswers answers;
  @Autowired private BookedEventRows events;
  @Autowired private TransactionTemplate transaction;

  private UUID pathway;
  private AskedPatient asked;
  private String appointment;

  private void book(String file) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient(file);
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    asked.travelTo("PrepareForProcedure", List.of("sms"));
    asked.toTheMorning();
    appointment = booked().getIdElement().getIdPart();
  }

  /** F1: after five moves there are reminders of the last time only, one for each window. */
  @Test
  void fiveMovesLeaveTheRemindersOfTheLastTimeOnly() throws Exception {
    book("klein-genevie.json");
    BookedEvent first = events.find(appointment).orElseThrow();
    assertThat(first.sequence()).isZero();
    assertThat(first.comes()).as("when to come").isEqualTo(arrival());
    assertThat(first.comes()).isBefore(booked().getStart().toInstant());
    ZonedDateTime noon = ZonedDateTime.now(clock).with(LocalTime.NOON);
    for (int days = 20; days <= 24; days++) {
      move(noon.plusDays(days).toInstant());
    }
    Instant start = booked().getStart().toInstant();
    BookedEvent fifth = events.find(appointment).orElseThrow();
    assertThat(fifth.uid()).isEqualTo(first.uid());
    assertThat(fifth.sequence()).as("one more with each move").isEqualTo(5);
    assertThat(fifth.comes()).as("the arrival of another time does not count").isEqualTo(start);
    until(start.minus(Duration.ofDays(7)).plusSeconds(60));
    CompletableFuture<Void> other = CompletableFuture.runAsync(ladder::run);
    ladder.run();
    other.join();
    await()
        .untilAsserted(
            () ->
                assertThat(sent())
                    .extracting(Message::about, Message::rung, Message::state)
                    .containsExactly(tuple(about(start), 1, MessageState.HANDED_OVER)));

    until(start.minus(Duration.ofDays(1)).plusSeconds(60));
    await()
        .untilAsserted(
            () ->
                assertThat(sent())
                    .extracting(Message::rung, Message::state)
                    .containsExactly(
                        tuple(1, MessageState.HANDED_OVER), tuple(2, MessageState.HANDED_OVER)));

    move(start.plus(Duration.ofDays(30)));
    assertThat(matters.find(about(start)).orElseThrow().isOpen()).as("the former time").isFalse();
    end(AppointmentStatus.CANCELLED);
    assertThat(events.find(appointment).orElseThrow())
        .matches(BookedEvent::cancelled)
        .extracting(BookedEvent::sequence)
        .isEqualTo(7);
    assertThat(events.ahead(pathway, clock.instant())).isEmpty();
    bookAnew(start.plus(Duration.ofDays(40)));
    BookedEvent anew = events.ahead(pathway, clock.instant()).orElseThrow();
    assertThat(anew.uid()).as("a calendar moves it").isEqualTo(first.uid());
    assertThat(anew.sequence()).isEqualTo(8);
    assertThat(anew.appointment()).isNotEqualTo(appointment);
    appointment = anew.appointment();
    end(AppointmentStatus.CANCELLED);
    until(start.plus(Duration.ofDays(29)));
    ladder.run();
    assertThat(sent()).as("none of a cancelled one").hasSize(2);
  }

  /** Down over both windows: the last one is made up for, once; a bounce is seen to by a person. */
  @Test
  void anOutageIsMadeUpForOnceAndABounceOpensATask() throws Exception {
    book("kiehn-josue.json");
    Instant start = ZonedDateTime.now(clock).with(LocalTime.NOON).plusDays(20).toInstant();
    move(start);
    until(start.minus(Duration.ofHours(20)));
    asked.toTheMorning();
    ladder.run();
    await()
        .untilAsserted(
            () ->
                assertThat(sent())
                    .extracting(Message::rung, Message::state)
                    .containsExactly(tuple(2, MessageState.HANDED_OVER)));

    assertThat(outcomes.told(sent().get(0).id(), false, "The number is not in use.")).isTrue();
    WorkItem task = asked.open("SettleContact");
    assertThat(task.role()).isEqualTo("coordinator");
    List<DetectedIssue> issues =
        pathways
            .view(pathway)
            .orElseThrow()
            .record()
            .ofTypes(java.util.Set.of("DetectedIssue"))
            .stream()
            .map(DetectedIssue.class::cast)
            .filter(issue -> issue.getCode().getCodingFirstRep().getCode().equals("not-delivered"))
            .toList();
    assertThat(issues).hasSize(1);
    assertThat(issues.get(0).getDetail()).isEqualTo("sms: The number is not in use.");
    assertThat(issues.get(0).getImplicatedFirstRep().getReference())
        .isEqualTo("Appointment/" + appointment);
    ladder.run();
    assertThat(sent()).as("no other channel was agreed to").hasSize(1);
  }

  /** Down over both windows and the appointment itself: there is nothing to remind of. */
  @Test
  void anOutageOverTheAppointmentRemindsNobody() throws Exception {
    book("torp-carol.json");
    Instant start = ZonedDateTime.now(clock).with(LocalTime.NOON).plusDays(20).toInstant();
    move(start);
    until(start.plus(Duration.ofHours(2)));
    CompletableFuture<Void> other = CompletableFuture.runAsync(ladder::run);
    ladder.run();
    other.join();
    await()
        .untilAsserted(() -> assertThat(matters.find(about(start)).orElseThrow().next()).isNull());
    assertThat(sent()).isEmpty();
  }

  /** What was said, failed and locked before the time was given up does not count any more. */
  @Test
  void movedAwayAndBackItIsRemindedAndAnsweredAnew() throws Exception {
    book("torp-carol.json");
    Instant start = ZonedDateTime.now(clock).with(LocalTime.NOON).plusDays(20).toInstant();
    move(start);
    until(start.minus(Duration.ofDays(7)).plusSeconds(60));
    ladder.run();
    await().untilAsserted(() -> assertThat(sent()).extracting(Message::rung).containsExactly(1));
    Matter before = matters.find(about(start)).orElseThrow();
    matters.failed(before.about(), 5, clock.instant());
    assertThat(answers.say(before.about(), ParticipantStatus.DECLINED, "Not then")).isTrue();

    move(start.plus(Duration.ofDays(10)));
    until(clock.instant().plusSeconds(60));
    move(start);
    Matter back = matters.find(about(start)).orElseThrow();
    assertThat(back.isOpen()).isTrue();
    assertThat(back.locked()).as("locked by whoever guessed before").isNull();
    assertThat(answers.said(back)).as("what was said before").isEmpty();
    ladder.run();
    assertThat(sent()).as("not once more for the window of before").hasSize(1);
    until(start.minus(Duration.ofDays(1)).plusSeconds(60));
    ladder.run();
    await().untilAsserted(() -> assertThat(sent()).extracting(Message::rung).containsExactly(1, 2));
    assertThat(answers.say(back.about(), ParticipantStatus.ACCEPTED, null)).isTrue();
    assertThat(answers.said(back)).hasValue(ParticipantStatus.ACCEPTED);
  }

  private List<Message> sent() {
    return rows.ofPathway(pathway).stream()
        .filter(message -> message.purpose() == Message.Purpose.APPOINTMENT)
        .toList();
  }

  private String about(Instant start) {
    return new AppointmentTime(appointment, start).about();
  }

  private Appointment booked() {
    return pathways
        .view(pathway)
        .orElseThrow()
        .record()
        .ofTypes(java.util.Set.of("Appointment"))
        .stream()
        .map(Appointment.class::cast)
        .filter(each -> each.getStatus() == AppointmentStatus.BOOKED)
        .findFirst()
        .orElseThrow();
  }

  private void move(Instant start) {
    change(
        moved ->
            moved.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1)))));
  }

  private void bookAnew(Instant start) {
    String other = UUID.randomUUID().toString();
    change(
        anew -> {
          anew.setId(other);
          anew.setStatus(AppointmentStatus.BOOKED);
          anew.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
        });
  }

  private Instant arrival() {
    return booked().getParticipant().stream()
        .filter(each -> each.getActor().getReference() != null)
        .filter(each -> each.getActor().getReference().startsWith("Patient/"))
        .map(each -> each.getPeriod().getStart().toInstant())
        .findFirst()
        .orElseThrow();
  }

  private void end(AppointmentStatus status) {
    change(ended -> ended.setStatus(status));
  }

  /** As a step does. */
  private void change(java.util.function.Consumer<Appointment> how) {
    transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("test/" + UUID.randomUUID(), Agent.SERVICE));
          OpenPathway open = pathways.open(pathway);
          Appointment changed = open.record().get(Appointment.class, appointment).copy();
          how.accept(changed);
          open.record().write("BookProcedure", changed);
        });
  }

  private void until(Instant time) {
    clock.advance(Duration.between(clock.instant(), time));
  }
}
