package org.carepathway.invitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.FreeTimes.Taken;
import org.carepathway.capacity.Period;
import org.carepathway.record.StableIds;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares what people are booked for with what their calendars have. Whatever has changed a
 * booking, by whichever way, is found; a change raises the number by one.
 */
@Component
class InvitedBookings {

  private static final Duration AHEAD = Duration.ofDays(366);

  /** A calendar takes no number that is lower than the one it has of the same booking. */
  private static final Duration KEPT = Duration.ofDays(2 * 366);

  private final FreeTimes times;
  private final InvitationRows rows;
  private final InvitationSettings settings;
  private final Clock clock;

  InvitedBookings(FreeTimes times, InvitationRows rows, InvitationSettings settings, Clock clock) {
    this.times = times;
    this.rows = rows;
    this.settings = settings;
    this.clock = clock;
  }

  @Transactional
  public void follow() {
    rows.lock();
    Instant now = clock.instant();
    rows.forget(now.minus(KEPT));
    Map<UUID, Invitation> known = new HashMap<>();
    rows.ahead(now).forEach(each -> known.put(each.uid(), each));
    Map<UUID, Invitation> booked = booked(now);
    booked.forEach(
        (uid, is) -> {
          Invitation was = known.containsKey(uid) ? known.get(uid) : rows.find(uid).orElse(null);
          if (was == null) {
            rows.save(is);
          } else if (!was.saysTheSame(is)) {
            rows.save(was.changed(is));
          }
        });
    known.values().stream()
        .filter(was -> !was.cancelled() && was.from().isAfter(now))
        .filter(was -> !booked.containsKey(was.uid()))
        .forEach(was -> rows.save(was.cancelled(now)));
  }

  private Map<UUID, Invitation> booked(Instant now) {
    List<Taken> taken =
        times.taken(new Period(now, now.plus(AHEAD))).stream()
            .filter(each -> each.state().equals("booked"))
            .toList();
    Map<String, String> rooms =
        taken.stream()
            .filter(each -> each.actor().kind().equals(BookedAs.ROOM.code()))
            .collect(
                Collectors.toMap(
                    Taken::appointment, each -> each.actor().name(), (first, second) -> first));
    Map<UUID, Invitation> booked = new HashMap<>();
    taken.stream()
        .filter(each -> settings.person(each.actor().name()).isPresent())
        .map(each -> invitation(each, rooms.getOrDefault(each.appointment(), ""), now))
        .forEach(each -> booked.put(each.uid(), each));
    return booked;
  }

  /** The booking of a referral is one event, however often it is made anew. */
  private static UUID uid(Taken taken) {
    return StableIds.of(
        "invitation/%d/%s"
            .formatted(
                taken.actor().id(),
                taken.referral() == null ? taken.appointment() : taken.referral()));
  }

  private static Invitation invitation(Taken taken, String room, Instant now) {
    return new Invitation(
        uid(taken),
        taken.actor().name(),
        taken.during().from(),
        taken.during().to(),
        room,
        0,
        false,
        now);
  }
}
