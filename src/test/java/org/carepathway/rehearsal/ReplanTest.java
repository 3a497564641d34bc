package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.booking.Chosen;
import org.carepathway.calendar.Closure;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.Period;
import org.carepathway.form.FormIssue;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is booked when a leave or a closure comes is planned again, by one task. */
@Tag("rehearsal")
class ReplanTest extends AtTheBooking {

  private static final String TASK = "ReplanBooking";

  @Test
  void aLeaveMakesOneTaskHoweverManyFollowAndNoneOnceAllAreTakenBack() {
    booked(
        (journey, start) -> {
          leave("room", start);
          assertThat(stage.replan.run()).isEmpty();
          assertThat(tasks(journey)).hasSize(1);
          assertThat(tasks(journey).get(0).role()).isEqualTo("scheduler");
          QuestionnaireResponse form = journey.populate(tasks(journey).get(0));
          assertThat(shown(form)).contains("Angio 1: Repair");

          leave("operator", start);
          stage.replan.run();
          assertThat(tasks(journey)).hasSize(1);

          takeBack("room");
          stage.replan.run();
          assertThat(tasks(journey)).as("the operator is away still").hasSize(1);
          takeBack("operator");
          stage.replan.run();
          assertThat(tasks(journey)).isEmpty();

          leave("recovery-bay", start.plusSeconds(3600));
          stage.replan.run();
          assertThat(tasks(journey)).as("asked anew").hasSize(1);
        });
  }

  @Test
  void aClosureOfTheSiteNamesWhoIsBookedOnceAndBlocksNewBookingsWithItsReason() {
    booked(
        (journey, start) -> {
          LocalDate day = start.atZone(stage.clock.getZone()).toLocalDate();
          Closure closure = close(day);
          assertThat(tasks(journey)).hasSize(1);
          stage.transaction.executeWithoutResult(
              status -> {
                stage.closures.remove(closure.id());
                stage.obstacles.site(day, day);
              });
          stage.replan.run();
          assertThat(tasks(journey)).isEmpty();
        });
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Chosen chosen = chosen(journey, start).orElseThrow();
          LocalDate day = start.atZone(stage.clock.getZone()).toLocalDate();
          Closure closure = close(day);
          AnswersRefused refused =
              catchThrowableOfType(AnswersRefused.class, () -> book(journey, chosen));
          assertThat(refused.issues())
              .extracting(FormIssue::rule, FormIssue::linkId)
              .contains(tuple("booking-away", "room"));
          assertThat(refused.issues().get(0).message()).contains("Flood");
          assertThat(offer(journey).best().get(0).start()).isAfter(start);
          stage.closures.remove(closure.id());
        });
  }

  @Test
  void theTaskEndsTheAppointmentAndFreesItsTime() {
    booked(
        (journey, start) -> {
          leave("room", start);
          stage.replan.run();
          WorkItem item = tasks(journey).get(0);
          journey.answer(
              item,
              stage.sheets.fill(
                  journey.content().questionnaire(item.form()),
                  journey.populate(item),
                  Map.of(
                      "change-kind", "change-cancelled",
                      "change-reason", "oth-room",
                      "patient-told", true)),
              true);
          assertThat(tasks(journey)).isEmpty();
          assertThat(stage.jdbc.queryForList("select 1 from capacity_claim")).isEmpty();
          assertThat(journey.open()).isNotEmpty();
        });
  }

  /** Who confirms it has two bookings of one moment: somebody has to settle that. */
  @Test
  void aBookingThatIsConfirmedOverOneOfAnotherSystemIsPlannedAgain() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Chosen chosen = chosen(journey, start).orElseThrow();
          stage.jdbc.update(
              """
              insert into capacity_claim (actor, appointment, during, state)
              values (?, 'ehr-1', tstzrange(?, ?), 'external')\
              """,
              actors.get("room").id(),
              Timestamp.from(start),
              Timestamp.from(start.plusSeconds(1800)));
          book(journey, chosen);
          assertThat(tasks(journey)).isEmpty();
          stage.replan.run();
          assertThat(tasks(journey)).hasSize(1);
          stage.replan.run();
          assertThat(tasks(journey)).as("once").hasSize(1);
          stage.jdbc.update("delete from capacity_claim where appointment = 'ehr-1'");
        });
  }

  /** Such as a visit that was booked over FHIR. */
  @Test
  void aBookingOfNoPathwayIsOnTheListOfWhatIsDoneByHand() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Appointment visit = visit(start);
          stage.transaction.executeWithoutResult(status -> stage.bookings.book(visit));
          leave("room", start);
          assertThat(stage.replan.run()).isEmpty();
          assertThat(byHand())
              .singleElement()
              .asString()
              .contains("scheduler", "Angio 1", "Repair");
          stage.replan.run();
          assertThat(byHand()).as("asked once").hasSize(1);
          takeBack("room");
          stage.replan.run();
          assertThat(byHand()).as("it stands again").isEmpty();

          leave("room", start);
          stage.replan.run();
          assertThat(byHand()).hasSize(1);
          stage.jdbc.update("update duty set settled_at = now(), settled_by = 'sam'");
          stage.replan.run();
          assertThat(byHand()).as("ticked off").isEmpty();
          stage.transaction.executeWithoutResult(
              status -> stage.bookings.free(visit.getIdElement().getIdPart()));
        });
  }

  @Test
  void aBookingOfNoPathwayThatEndsIsNoLongerAskedFor() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Appointment visit = visit(start);
          stage.transaction.executeWithoutResult(status -> stage.bookings.book(visit));
          leave("room", start);
          stage.replan.run();
          assertThat(byHand()).hasSize(1);
          stage.transaction.executeWithoutResult(
              status -> stage.bookings.free(visit.getIdElement().getIdPart()));
          stage.replan.run();
          assertThat(byHand()).isEmpty();
        });
  }

  private static Appointment visit(Instant start) {
    Appointment visit = new Appointment();
    visit.setId(UUID.randomUUID().toString());
    visit.setStatus(AppointmentStatus.BOOKED);
    visit.setStart(Date.from(start)).setEnd(Date.from(start.plusSeconds(1800)));
    visit
        .addParticipant()
        .setActor(new Reference().setDisplay("Angio 1"))
        .addType()
        .addCoding()
        .setSystem("https://carepathway.org/fhir/CodeSystem/booked-as")
        .setCode("room");
    return visit;
  }

  private static List<String> byHand() {
    return stage.jdbc.queryForList(
        "select role || ': ' || detail from duty where kind = 'booking' and settled_at is null",
        String.class);
  }

  /** What is done with a patient and the start of the booking. */
  private interface Booked {
    void look(Journey journey, Instant start);
  }

  private void booked(Booked then) {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          book(journey, chosen(journey, start).orElseThrow());
          then.look(journey, start);
        });
  }

  private void leave(String kind, Instant start) {
    List<Hit> hits =
        stage.transaction.execute(
            status ->
                stage.capacity.addException(
                    actors.get(kind).id(),
                    new Period(start, start.plusSeconds(3600)),
                    false,
                    "Repair",
                    "Test"));
    stage.store.takeWritten();
    assertThat(hits).hasSize(1);
  }

  private void takeBack(String kind) {
    stage.transaction.executeWithoutResult(
        status ->
            stage.capacity.entries().stream()
                .filter(entry -> entry.actor().id() == actors.get(kind).id())
                .flatMap(entry -> entry.exceptions().stream())
                .forEach(each -> stage.capacity.removeException(each.actor(), each.id())));
    stage.store.takeWritten();
  }

  private static Closure close(LocalDate day) {
    List<Hit> hits =
        stage.transaction.execute(
            status -> {
              stage.closures.add(day, day, "Flood", "Test");
              return stage.obstacles.site(day, day);
            });
    stage.replan.run();
    assertThat(hits.size()).as("each booking once").isLessThanOrEqualTo(1);
    return stage.closures.notOver(day).stream()
        .filter(each -> each.reason().equals("Flood"))
        .findFirst()
        .orElseThrow();
  }

  private static List<WorkItem> tasks(Journey journey) {
    return journey.open().stream().filter(item -> item.element().equals(TASK)).toList();
  }

  private static String shown(QuestionnaireResponse form) {
    return form.getItem().stream()
        .flatMap(group -> group.getItem().stream())
        .filter(item -> item.getLinkId().equals("cannot-stand-because"))
        .map(item -> item.getAnswerFirstRep().getValue().primitiveValue())
        .findFirst()
        .orElse("");
  }
}
