package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.carepathway.booking.Place;
import org.carepathway.booking.WeekAcceptance.Outcome;
import org.carepathway.booking.WeekProposal;
import org.carepathway.booking.WeekProposal.Row;
import org.carepathway.capacity.Actor;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Appointment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A week is proposed, held when it is accepted, and booked with whom it was proposed. */
@Tag("rehearsal")
class WeekDeskTest extends AtTheBooking {

  @Test
  void whatIsProposedIsHeldWhenItIsAcceptedAndBookedWithTheSamePeople() {
    atTheBooking(
        journey -> {
          alone(journey);
          Row row = only(propose(monday(journey), List.of()));
          assertThat(row.why().place().pathwayId()).isEqualTo(journey.pathwayId());
          assertThat(row.why().notBefore().reason()).isEqualTo("hold");
          assertThat(row.start()).isAfterOrEqualTo(row.why().notBefore().at());
          assertThat(row.others()).hasSize(3);
          assertThat(claims()).as("nothing is booked by a proposal").isZero();

          Outcome held = accept(row.why().place()).get(0);
          assertThat(row.start())
              .as("the blood thinner can still be held when the patient has answered")
              .isAfterOrEqualTo(
                  row.why()
                      .notBefore()
                      .at()
                      .plus(Duration.between(stage.clock.instant(), held.until())));
          assertThat(held.until()).isAfter(stage.clock.instant()).isBefore(row.start());
          assertThat(free(row.start())).as("held for them").isEmpty();
          assertThat(propose(monday(journey), List.of()).rows())
              .as("who is being asked is not planned again")
              .allMatch(each -> each.why() == null);

          Actor another = another("Dr Aaron", "operator");
          assertThat(chosen(journey, row.start()).orElseThrow().answers().get("operator"))
              .as("whom it is held with, also when %s is free", another.name())
              .hasToString("Dr Example");
          book(journey, chosen(journey, row.start()).orElseThrow());
          Appointment booked = appointment(journey);
          assertThat(booked.getStart().toInstant()).isEqualTo(row.start());
          assertThat(stage.jdbc.queryForList("select 1 from capacity_claim where state = 'held'"))
              .as("the hold is gone")
              .isEmpty();
        });
  }

  @Test
  void whatIsNotFreeAnyMoreIsRefusedInItsRowAndNothingIsHeld() {
    atTheBooking(
        journey -> {
          alone(journey);
          Row row = only(propose(monday(journey), List.of()));
          assertThat(GuardTest.bookIn(stage, "room", "Angio 1", row.start())).isEmpty();
          assertThat(accept(row.why().place()).get(0).until()).isNull();
          assertThat(stage.jdbc.queryForList("select 1 from capacity_claim where state = 'held'"))
              .isEmpty();
          assertThat(Journey.as(Role.SCHEDULER, () -> stage.waitDesk.offers())).isEmpty();
        });
  }

  @Test
  void nobodyIsAskedAboutTwoTimes() {
    atTheBooking(
        journey -> {
          alone(journey);
          Place place = only(propose(monday(journey), List.of())).why().place();
          Place later =
              new Place(
                  place.pathwayId(), place.start().plus(Duration.ofMinutes(15)), place.actors());
          List<Outcome> outcomes = accept(place, later);
          assertThat(outcomes.get(0).until()).isNotNull();
          assertThat(outcomes.get(1).until()).isNull();
        });
  }

  @Test
  void aPlaceOutsideOfTheLimitsIsRefusedWhateverThePageSends() {
    atTheBooking(
        journey -> {
          alone(journey);
          Place place = only(propose(monday(journey), List.of())).why().place();
          Place early =
              new Place(
                  place.pathwayId(),
                  stage.clock.instant().plus(Duration.ofHours(1)),
                  place.actors());
          Place night =
              new Place(
                  place.pathwayId(), place.start().plus(Duration.ofHours(14)), place.actors());
          Place nobody = new Place(place.pathwayId(), place.start(), Set.of(-1L));
          assertThat(accept(early, night)).allMatch(each -> each.until() == null);
          assertThat(accept(nobody)).allMatch(each -> each.until() == null);
          assertThatThrownBy(() -> Place.parse("x_1_2"))
              .isInstanceOf(InvalidRequestException.class);
          assertThat(Place.parse(place.toString())).isEqualTo(place);
        });
  }

  @Test
  void whatIsPinnedStays() {
    atTheBooking(
        journey -> {
          alone(journey);
          Place first = only(propose(monday(journey), List.of())).why().place();
          Place later =
              new Place(
                  first.pathwayId(), first.start().plus(Duration.ofMinutes(30)), first.actors());
          Row kept = only(propose(monday(journey), List.of(later)));
          assertThat(kept.why().pinned()).isTrue();
          assertThat(kept.why().place()).isEqualTo(later);
        });
  }

  @Test
  void anotherRoleIsRefused() {
    assertThatThrownBy(
            () ->
                Journey.as(
                    Role.IR_NURSE,
                    () -> stage.weekDesk.propose(LocalDate.of(2031, 3, 3), List.of())))
        .isInstanceOf(ForbiddenOperationException.class);
  }

  private void alone(Journey journey) {
    stage.jdbc.update(
        "update work_item set status = 'cancelled' where element = ? and pathway_id <> ?",
        STEP,
        journey.pathwayId());
    setUp(journey);
  }

  private Actor another(String name, String kind) {
    Actor actor = stage.capacity.setUp(kind, name);
    for (DayOfWeek day : DayOfWeek.values()) {
      stage.capacity.addSession(
          actor.id(),
          day,
          java.time.LocalTime.of(8, 0),
          java.time.LocalTime.of(20, 0),
          LocalDate.now(stage.clock),
          null);
    }
    return actor;
  }

  private static LocalDate monday(Journey journey) {
    Instant third = offer(journey).best().get(2).start();
    return third
        .atZone(stage.clock.getZone())
        .toLocalDate()
        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  private static WeekProposal propose(LocalDate monday, List<Place> pinned) {
    return desk(() -> stage.weekDesk.propose(monday, pinned));
  }

  private static List<Outcome> accept(Place... places) {
    return desk(() -> stage.weekAcceptance.accept(List.of(places)));
  }

  private static Row only(WeekProposal proposal) {
    List<Row> proposed = proposal.rows().stream().filter(row -> row.why() != null).toList();
    assertThat(proposed).as("%s", proposal).hasSize(1);
    return proposed.get(0);
  }

  private static int claims() {
    return stage.jdbc.queryForList("select 1 from capacity_claim").size();
  }

  private static <T> T desk(Supplier<T> action) {
    return Journey.as(Role.SCHEDULER, action);
  }
}
