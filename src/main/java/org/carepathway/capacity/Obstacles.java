package org.carepathway.capacity;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.carepathway.calendar.Closure;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.capacity.Capacity.Hit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Bookings that cannot stand: a leave, a closure or a booking of another system came after them.
 * Whatever changes that notes them in its own transaction, so that none is forgotten; whether each
 * stands is read when it is looked at.
 */
@Component
public class Obstacles {

  private static final String APPOINTMENT = "Appointment/";

  private final Looks looks;
  private final TakenTimes times;
  private final BookingLocks locks;
  private final Actors actors;
  private final Sessions sessions;
  private final WorkingTime time;
  private final Clock clock;

  Obstacles(
      Looks looks,
      TakenTimes times,
      BookingLocks locks,
      Actors actors,
      Sessions sessions,
      WorkingTime time,
      Clock clock) {
    this.looks = looks;
    this.times = times;
    this.locks = locks;
    this.actors = actors;
    this.sessions = sessions;
    this.time = time;
    this.clock = clock;
  }

  /** What happens to a booking while it is looked at. */
  public interface Look {

    /**
     * @param told the appointment that was told before; empty for none
     * @param obstacle what its booking meets now; null where it stands, or there is none
     * @return the appointment that is told now; empty for none
     */
    String at(String told, Obstacle obstacle);
  }

  /**
   * The site closes on days, or opens again; call it in the transaction that enters it. Who books
   * meanwhile waits, and then finds it so.
   *
   * @return the bookings on these days
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<Hit> site(LocalDate first, LocalDate last) {
    locks.lock(actors.all().stream().map(Actor::id).sorted().toList());
    Period days =
        new Period(
            first.atStartOfDay(clock.getZone()).toInstant(),
            last.plusDays(1).atStartOfDay(clock.getZone()).toInstant());
    looks.note(null, days, clock.instant());
    return hits(times.during(days, clock.instant()).stream());
  }

  /** An actor is away, or there again, or taken by another system; errors as for {@link #site}. */
  List<Hit> of(long actor, Period during) {
    locks.lock(List.of(actor));
    looks.note(actor, during, clock.instant());
    return hits(
        times.during(during, clock.instant()).stream().filter(claim -> claim.actor() == actor));
  }

  private List<Hit> hits(Stream<Claim> hit) {
    Instant now = clock.instant();
    List<Hit> each =
        hit.filter(claim -> claim.state().equals("booked") && claim.during().to().isAfter(now))
            .map(claim -> new Hit(claim.appointment(), claim.referral(), claim.during()))
            .toList();
    return each.stream()
        .filter(
            one ->
                each.stream()
                        .filter(other -> other.appointment().equals(one.appointment()))
                        .findFirst()
                        .orElseThrow()
                    == one)
        .toList();
  }

  /** Referrals whose bookings are to be looked at, or {@code Appointment/} and an id for none. */
  @Transactional(readOnly = true)
  public List<String> due() {
    return looks.due();
  }

  /** Looks at the booking of a referral, in the caller's transaction. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void look(String referral, Look look) {
    String told = looks.begin(referral);
    String now = look.at(told, met(referral).orElse(null));
    if (now.isEmpty()) {
      looks.forget(referral);
    } else {
      looks.told(referral, now);
    }
  }

  private Optional<Obstacle> met(String booking) {
    return booking.startsWith(APPOINTMENT)
        ? ofAppointment(booking.substring(APPOINTMENT.length()))
        : ofReferral(booking);
  }

  /** What the booking of a referral meets first; empty when it stands. */
  @Transactional(readOnly = true)
  public Optional<Obstacle> ofReferral(String referral) {
    return times.ofReferral(referral, clock.instant()).stream().flatMap(this::met).findFirst();
  }

  /** What an appointment that is booked meets first; empty when it stands. */
  @Transactional(readOnly = true)
  public Optional<Obstacle> ofAppointment(String appointment) {
    return times.of(appointment).stream()
        .filter(claim -> claim.state().equals("booked"))
        .flatMap(this::met)
        .findFirst();
  }

  private Stream<Obstacle> met(Claim claim) {
    BiFunction<Period, String, Obstacle> away =
        (during, reason) ->
            new Obstacle(
                claim.appointment(),
                actors.find(claim.actor()).orElseThrow(),
                during,
                reason == null,
                reason == null ? "" : reason);
    return Stream.of(
            sessions.exceptions(claim.during()).stream()
                .filter(each -> each.actor() == claim.actor() && !each.opens())
                .map(each -> away.apply(each.during(), each.reason())),
            closure(claim.during()).map(each -> away.apply(days(each), each.reason())),
            times.during(claim.during(), clock.instant()).stream()
                .filter(each -> each.actor() == claim.actor() && each.state().equals("external"))
                .map(each -> away.apply(each.during(), null)))
        .flatMap(each -> each);
  }

  /** The closure of the site on the day on which a time begins. */
  Stream<Closure> closure(Period during) {
    return time.closure(during.from().atZone(clock.getZone()).toLocalDate()).stream();
  }

  Period days(Closure closure) {
    return new Period(
        closure.first().atStartOfDay(clock.getZone()).toInstant(),
        closure.last().plusDays(1).atStartOfDay(clock.getZone()).toInstant());
  }
}
