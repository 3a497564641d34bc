package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.booking.Chosen;
import org.carepathway.booking.Offer;
import org.carepathway.capacity.Capacity.Hit;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.Period;
import org.carepathway.form.FormIssue;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The booking step of a pathway on rooms and people that are set up. */
@Tag("rehearsal")
class BookingStepTest extends AtTheBooking {

  @Test
  void aSiteWithoutSessionsProposesNothingAndCanBook() {
    atTheBooking(
        journey -> {
          Offer offer = offer(journey);
          assertThat(offer.setUp()).isFalse();
          assertThat(offer.best()).isEmpty();
        });
  }

  @Test
  void threeTimesAreProposedWithinWhatTheRecordAllows() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Offer offer = offer(journey);
          assertThat(offer.setUp()).isTrue();
          assertThat(offer.best()).hasSize(3);
          assertThat(offer.earliest().reason()).isEqualTo("hold");
          assertThat(offer.earliest().at()).isAfter(stage.clock.instant());
          assertThat(offer.latest().reason()).isIn("images", "urgency", "consent");
          assertThat(offer.best())
              .allSatisfy(
                  time -> {
                    assertThat(time.start()).isBetween(offer.earliest().at(), offer.latest().at());
                    assertThat(time.names().keySet())
                        .containsExactly("room", "operator", "sedation-nurse", "recovery-bay");
                    ZonedDateTime local = time.start().atZone(stage.clock.getZone());
                    assertThat(local.toLocalTime())
                        .isBetween(LocalTime.of(8, 0), LocalTime.of(15, 0));
                    assertThat(local.getDayOfWeek()).isLessThan(DayOfWeek.SATURDAY);
                  });
        });
  }

  @Test
  void arrivalAndFastingFollowFromTheStartAndAllIsBookedTogether() {
    atTheBooking(
        journey -> {
          setUp(journey);
          FreeTime time = offer(journey).best().get(0);
          Chosen chosen = chosen(journey, time.start()).orElseThrow();
          assertThat(chosen.answers().get("arrival"))
              .isInstanceOfSatisfying(
                  DateTimeType.class,
                  arrival ->
                      assertThat(arrival.getValue().toInstant())
                          .isEqualTo(time.start().minus(Duration.ofMinutes(60))));
          assertThat(((DateTimeType) chosen.answers().get("fasting-from")).getValue().toInstant())
              .isEqualTo(time.start().minus(Duration.ofHours(6)));

          book(journey, chosen);

          Appointment booked = appointment(journey);
          assertThat(booked.getStart().toInstant()).isEqualTo(time.start());
          assertThat(participant(booked, "room").getActor().getReference())
              .isEqualTo(actors.get("room").reference());
          assertThat(participant(booked, "room").getPeriod().getEnd().toInstant())
              .isEqualTo(booked.getEnd().toInstant().plus(Duration.ofMinutes(30)));
          assertThat(participant(booked, "recovery-bay").getPeriod().getStart())
              .isEqualTo(booked.getEnd());
          assertThat(free(time.start())).as("found again").isEmpty();
        });
  }

  @Test
  void whoeverIsAwayIsNotProposedAndRefusedByName() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Chosen chosen = chosen(journey, start).orElseThrow();
          List<Hit> hits =
              stage.transaction.execute(
                  status ->
                      stage.capacity.addException(
                          actors.get("operator").id(),
                          new Period(start.minusSeconds(3600), start.plusSeconds(7200)),
                          false,
                          "Course",
                          "Test"));
          assertThat(hits).isEmpty();
          assertThat(offer(journey).best().get(0).start()).isAfter(start);

          AnswersRefused refused =
              catchThrowableOfType(AnswersRefused.class, () -> book(journey, chosen));
          assertThat(refused.issues())
              .extracting(FormIssue::rule, FormIssue::linkId)
              .containsExactly(tuple("booking-away", "operator"));
          assertThat(refused.issues().get(0).message()).contains("Dr Example", "Course");
          assertThat(journey.open()).extracting(WorkItem::element).contains(STEP);
        });
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Chosen chosen = chosen(journey, offer(journey).best().get(0).start()).orElseThrow();
          chosen.answers().put("room", new StringType("Angio 9"));
          AnswersRefused refused =
              catchThrowableOfType(AnswersRefused.class, () -> book(journey, chosen));
          assertThat(refused.issues().get(0).message()).contains("Angio 9 is not known", "Angio 1");
        });
  }

  @Test
  void leaveSaysWhoseBookingItHits() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          book(journey, chosen(journey, start).orElseThrow());
          List<Hit> hits =
              stage.transaction.execute(
                  status ->
                      stage.capacity.addException(
                          actors.get("room").id(),
                          new Period(start, start.plusSeconds(60)),
                          false,
                          "Repair",
                          "Test"));
          assertThat(hits)
              .singleElement()
              .satisfies(
                  hit -> assertThat(hit.referral()).isEqualTo(journey.pathway().referralId()));
        });
  }

  @Test
  void whatTheEhrHasBookedIsNotProposedAndFreeOnceItIsCancelledThere() {
    atTheBooking(
        journey -> {
          setUp(journey);
          Instant start = offer(journey).best().get(0).start();
          Appointment other = new Appointment();
          other.setId("other-system");
          other.setStatus(AppointmentStatus.BOOKED);
          other.setStart(Date.from(start));
          other.setEnd(Date.from(start.plusSeconds(1800)));
          other.addParticipant().getActor().setDisplay("ANGIO  1");
          stage.transaction.executeWithoutResult(status -> stage.store.update(other));
          stage.store.takeWritten();
          assertThat(offer(journey).best().get(0).start()).isAfter(start);

          other.setStatus(AppointmentStatus.CANCELLED);
          stage.transaction.executeWithoutResult(status -> stage.store.update(other));
          stage.store.takeWritten();
          assertThat(offer(journey).best().get(0).start()).isEqualTo(start);
        });
  }

  @Test
  void aCancelledBookingIsFreeAgain() {
    exit("cancelled-by-the-patient");
  }

  @Test
  void aMissedBookingIsFreeAgain() {
    exit("no-show");
  }

  @Test
  void theBookingOfWhoDiedIsFreeAgain() {
    exit("died-before-the-procedure");
  }

  @Test
  void theBookingOfWhoWithdrewIsFreeAgain() {
    exit("withdrew-while-a-blood-thinner-is-on-hold");
  }

  @Test
  void theBookingOfARevokedReferralIsFreeAgain() {
    exit("referral-revoked-while-a-blood-thinner-is-on-hold");
  }

  @Test
  void aMovedBookingIsFreeAgain() {
    exit("moved-to-the-next-day");
  }

  /** Whatever a scenario does after its booking: in the end nothing is taken that is not booked. */
  private static void exit(String scenario) {
    int[] taken = {0};
    ScenarioRun.play(
        stage,
        ScenarioRun.read(Path.of("bpmn/vertebroplasty/scenarios/%s.yaml".formatted(scenario))),
        (step, journey) -> {
          Set<String> booked =
              journey.record().stream()
                  .filter(Appointment.class::isInstance)
                  .map(Appointment.class::cast)
                  .filter(each -> TAKES.contains(each.getStatus()))
                  .map(each -> each.getIdElement().getIdPart())
                  .collect(Collectors.toSet());
          List<String> claimed =
              stage.jdbc.queryForList(
                  "select distinct appointment from capacity_claim", String.class);
          assertThat(claimed).as(step).containsExactlyInAnyOrderElementsOf(booked);
          taken[0] += claimed.size();
        });
    assertThat(taken[0]).as("something was taken on the way").isPositive();
  }

  private static final Set<AppointmentStatus> TAKES =
      Set.of(AppointmentStatus.BOOKED, AppointmentStatus.ARRIVED, AppointmentStatus.FULFILLED);
}
