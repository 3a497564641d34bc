package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.stream.Stream;
import org.carepathway.booking.Offer;
import org.carepathway.capacity.FreeTime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a patient said at the work-up ranks the proposals; transport that is ordered limits them.
 */
@Tag("rehearsal")
class WishesTest extends AtTheBooking {

  private static final String WISHES =
      """
      name: To the booking, with wishes
      extends: happy-path
      until: BookProcedure
      change: {DoWorkUp: {date-wishes: [wish-not-1, wish-not-3, wish-afternoon]}}
      steps: []
      """;

  private static final String TRANSPORT =
      """
      name: To the booking, with transport
      extends: happy-path
      until: BookProcedure
      change: {DoWorkUp: {date-transport: true, date-wishes: [wish-morning, wish-afternoon]}}
      steps: []
      """;

  @Test
  void daysAndTimesThatSuitComeFirstAndOthersSayWhatSpeaksAgainstThem() {
    atTheBooking(
        WISHES,
        journey -> {
          setUp(journey);
          Offer offer = offer(journey);
          assertThat(offer.best())
              .hasSize(3)
              .allSatisfy(
                  time -> {
                    ZonedDateTime local = local(time.start());
                    assertThat(local.getDayOfWeek()).isNotIn(DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY);
                    assertThat(local.toLocalTime()).isAfterOrEqualTo(LocalTime.NOON);
                    assertThat(offer.against().get(time.start())).isEmpty();
                  });
          Stream<FreeTime> mornings =
              offer.more().stream()
                  .filter(time -> local(time.start()).getHour() < 12)
                  .filter(time -> local(time.start()).getDayOfWeek() == DayOfWeek.MONDAY);
          assertThat(mornings.map(time -> offer.against().get(time.start())))
              .isNotEmpty()
              .allSatisfy(against -> assertThat(against).containsExactly("weekday", "time"));
          assertThat(journey.populate(item(journey)).getItem())
              .as("the scheduler reads what was said")
              .anySatisfy(
                  group ->
                      assertThat(group.getItem())
                          .anySatisfy(
                              item -> {
                                assertThat(item.getLinkId()).isEqualTo("date-wishes-said");
                                assertThat(item.getAnswerFirstRep().getValue().primitiveValue())
                                    .contains("Not on Mondays", "In the afternoon");
                              }));
        });
  }

  @Test
  void transportThatIsOrderedAheadKeepsTheDateFromBeingEarlier() {
    atTheBooking(
        TRANSPORT,
        journey -> {
          setUp(journey);
          Offer offer = offer(journey);
          Instant ordered = stage.clock.instant().plus(Duration.ofDays(2));
          assertThat(offer.earliest().at()).isAfterOrEqualTo(ordered.minusSeconds(60));
          assertThat(offer.best())
              .allMatch(time -> !time.start().isBefore(ordered.minusSeconds(60)));
          assertThat(offer.against().values())
              .as("both halves of the day suit")
              .allMatch(each -> each.isEmpty());
        });
  }

  private static ZonedDateTime local(Instant start) {
    return start.atZone(stage.clock.getZone());
  }
}
