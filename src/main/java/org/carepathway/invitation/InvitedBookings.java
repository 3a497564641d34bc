package org.carepathway.invitation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.capacity.BookedPeople;
import org.carepathway.capacity.BookedPeople.Booked;
import org.carepathway.capacity.Period;
import org.carepathway.invitation.InvitationSettings.Person;
import org.carepathway.record.StableIds;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Compares what people are booked for with what their calendars have. Whatever has changed a
 * booking, by whichever way, is found; a change raises the number by one. Where nothing of what is
 * booked has changed since this process compared, it is not compared again.
 */
@Component
class InvitedBookings {

  private static final Duration AHEAD = Duration.ofDays(366);

  /** A calendar takes no number that is lower than the one it has of the same booking. */
  private static final Duration KEPT = Duration.ofDays(2 * 366);

  private final BookedPeople people;
  private final InvitationRows rows;
  private final InvitationSettings settings;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private volatile String compared = "";

  InvitedBookings(
      BookedPeople people,
      InvitationRows rows,
      InvitationSettings settings,
      TransactionTemplate transaction,
      Clock clock) {
    this.people = people;
    this.rows = rows;
    this.settings = settings;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * @return whether it had to be compared
   */
  boolean follow() {
    Instant now = clock.instant();
    // Before it is compared: what changes meanwhile is found by the next look.
    String mark = people.mark(ahead(now));
    if (mark.equals(compared)) {
      return false;
    }
    transaction.executeWithoutResult(status -> compare(now));
    compared = mark;
    return true;
  }

  private static Period ahead(Instant now) {
    return new Period(now, now.plus(AHEAD));
  }

  private void compare(Instant now) {
    rows.lock();
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
    List<String> names = settings.people().stream().map(Person::name).toList();
    Map<UUID, Invitation> booked = new HashMap<>();
    people.of(names, ahead(now)).stream()
        .filter(each -> settings.person(each.name()).isPresent())
        .map(each -> invitation(each, now))
        .forEach(each -> booked.put(each.uid(), each));
    return booked;
  }

  /** The booking of a referral is one event, however often it is made anew. */
  private static UUID uid(Booked booked) {
    return StableIds.of(
        "invitation/%d/%s"
            .formatted(
                booked.actor(),
                booked.referral() == null ? booked.appointment() : booked.referral()));
  }

  private static Invitation invitation(Booked booked, Instant now) {
    return new Invitation(
        uid(booked),
        booked.name(),
        booked.during().from(),
        booked.during().to(),
        booked.room(),
        0,
        false,
        now);
  }
}
