package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.carepathway.booking.WaitDesk.Accepted;
import org.carepathway.booking.WaitDesk.Line;
import org.carepathway.booking.Waiting;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Appointment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A freed time is offered to who waits, held until they have answered, and all of it is kept. */
@Tag("rehearsal")
class WaitListTest extends AtTheBooking {

  private static final String AFTERNOONS =
      """
      name: To the booking, with afternoons
      extends: happy-path
      until: BookProcedure
      change: {DoWorkUp: {date-wishes: [wish-not-1, wish-not-3, wish-afternoon]}}
      steps: []
      """;

  @Test
  void aFreedTimeIsHeldForWhoIsReadyAndBookedOnceTheyAccept() {
    atTheBooking(
        journey -> {
          alone(journey);
          Instant start = offer(journey).best().get(0).start();
          UUID pathway = journey.pathwayId();
          freed(start);

          stage.waitList.look();
          stage.waitList.look();

          Line offered = only();
          assertThat(offered.open()).isTrue();
          assertThat(offered.offer().pathwayId()).isEqualTo(pathway);
          assertThat(offered.offer().start()).isEqualTo(start);
          assertThat(offered.offer().answerBy())
              .isEqualTo(offered.offer().offeredAt().plus(Duration.ofHours(2)));
          assertThat(free(start)).as("held for them").isEmpty();
          assertThat(desk(() -> stage.waitDesk.waiting()))
              .extracting(Waiting::pathwayId)
              .containsExactly(pathway);

          Accepted accepted = answer(offered.offer().id(), true);
          assertThat(accepted.task()).isEqualTo(item(journey).id());
          assertThat(accepted.start()).isEqualTo(start);
          book(journey, chosen(journey, start).orElseThrow());
          assertThat(appointment(journey).getStart().toInstant()).isEqualTo(start);
          assertThat(only().offer().answer()).isEqualTo("accepted");
          assertThat(only().offer().answeredBy()).isNotEmpty();
          stage.waitList.look();
          assertThat(stage.jdbc.queryForList("select 1 from capacity_freed where not done"))
              .isEmpty();
        });
  }

  @Test
  void whoDeclinesIsNotAskedAgainAndTheTimeIsFree() {
    atTheBooking(
        journey -> {
          alone(journey);
          Instant start = offer(journey).best().get(0).start();
          freed(start);
          stage.waitList.look();
          answer(only().offer().id(), false);
          assertThat(free(start)).isNotEmpty();
          stage.waitList.look();
          assertThat(desk(() -> stage.waitDesk.offers())).hasSize(1);
        });
  }

  @Test
  void whoDoesNotAnswerInTimeLeavesItAndCannotAcceptAnyMore() {
    atTheBooking(
        journey -> {
          alone(journey);
          Instant start = offer(journey).best().get(0).start();
          freed(start);
          stage.waitList.look();
          stage.clock.moveTo(only().offer().answerBy().plusSeconds(1));
          assertThatThrownBy(() -> answer(only().offer().id(), true))
              .isInstanceOf(ResourceVersionConflictException.class);
          assertThat(free(start)).isNotEmpty();
          stage.waitList.look();
          assertThat(only().offer().answer()).isEqualTo("expired");
        });
  }

  @Test
  void whoIsBookedLaterAndAskedForItIsOfferedAnEarlierTimeAndKeepsTheirsMeanwhile() {
    atTheBooking(
        journey -> {
          alone(journey);
          Instant start = offer(journey).best().get(0).start();
          Instant later = offer(journey).best().get(2).start();
          book(journey, chosen(journey, later).orElseThrow());
          freed(start);
          stage.waitList.look();
          assertThat(desk(() -> stage.waitDesk.offers())).as("did not ask").isEmpty();

          desk(
              () -> {
                stage.waitDesk.wantsEarlier(journey.pathwayId());
                return null;
              });
          freed(start);
          stage.waitList.look();
          assertThat(only().offer().start()).isEqualTo(start);
          assertThat(stage.jdbc.queryForList("select 1 from capacity_claim where state = 'booked'"))
              .as("the booking stands")
              .hasSize(4);
          assertThat(answer(only().offer().id(), true).task()).isNull();
        });
  }

  @Test
  void aTimeThatFitsNobodyIsOfferedToNobody() {
    atTheBooking(
        journey -> {
          alone(journey);
          freed(stage.clock.instant().plus(Duration.ofHours(3)));
          stage.waitList.look();
          assertThat(desk(() -> stage.waitDesk.offers())).as("the hold is longer").isEmpty();
        });
  }

  @Test
  void ofAFreedDayTheHourIsOfferedAtWhichThePatientCanCome() {
    atTheBooking(
        AFTERNOONS,
        journey -> {
          alone(journey);
          Instant morning = onThe(journey, DayOfWeek.TUESDAY, 8);
          freed(morning, Duration.ofHours(8));
          stage.waitList.look();
          Line offered = only();
          assertThat(local(offered.offer().start()).toLocalTime()).isEqualTo(LocalTime.NOON);
          assertThat(offered.offer().against()).isEmpty();
        });
  }

  /** Nobody else waits: better asked than left empty, and the scheduler reads what they said. */
  @Test
  void aTimeThatSuitsNobodyIsOfferedWithWhatSpeaksAgainstIt() {
    atTheBooking(
        AFTERNOONS,
        journey -> {
          alone(journey);
          Instant morning = onThe(journey, DayOfWeek.MONDAY, 9);
          freed(morning, Duration.ofHours(1));
          stage.waitList.look();
          assertThat(only().offer().start()).isEqualTo(morning);
          assertThat(only().offer().against()).containsExactly("weekday", "time");
        });
  }

  /** The first such day that the booking could use. */
  private static Instant onThe(Journey journey, DayOfWeek day, int hour) {
    LocalDate first = local(offer(journey).earliest().at()).toLocalDate().plusDays(1);
    return first
        .with(TemporalAdjusters.nextOrSame(day))
        .atTime(hour, 0)
        .atZone(stage.clock.getZone())
        .toInstant();
  }

  private static ZonedDateTime local(Instant time) {
    return time.atZone(stage.clock.getZone());
  }

  /** Patients of other tests wait no longer; their tasks are shared, unlike rooms and people. */
  private void alone(Journey journey) {
    stage.jdbc.update(
        "update work_item set status = 'cancelled' where element = ? and pathway_id <> ?",
        STEP,
        journey.pathwayId());
    setUp(journey);
  }

  /** Somebody else had the room and gives it back. */
  private static void freed(Instant start) {
    freed(start, Duration.ofHours(1));
  }

  private static void freed(Instant start, Duration length) {
    Appointment other = GuardTest.room("Angio 1", start);
    other.setEnd(Date.from(start.plus(length)));
    stage.transaction.executeWithoutResult(status -> stage.bookings.book(other));
    stage.transaction.executeWithoutResult(
        status -> stage.bookings.free(other.getIdElement().getIdPart()));
  }

  private static Line only() {
    List<Line> offers = desk(() -> stage.waitDesk.offers());
    assertThat(offers).hasSize(1);
    return offers.get(0);
  }

  private static Accepted answer(UUID offer, boolean accepted) {
    return desk(() -> stage.waitDesk.answer(offer, accepted));
  }

  private static <T> T desk(java.util.function.Supplier<T> action) {
    return Journey.as(Role.SCHEDULER, action);
  }
}
