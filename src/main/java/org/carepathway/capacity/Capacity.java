package org.carepathway.capacity;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets up who and what can be booked, and when; each change is seen over FHIR in the same
 * transaction.
 */
@Component
public class Capacity {

  private static final int LONGEST_NAME = 60;
  private static final int MINUTES = 60;
  private static final Duration LONGEST = Duration.ofDays(366);

  private final Actors actors;
  private final Sessions sessions;
  private final Obstacles obstacles;
  private final Published published;
  private final Clock clock;

  Capacity(
      Actors actors, Sessions sessions, Obstacles obstacles, Published published, Clock clock) {
    this.actors = actors;
    this.sessions = sessions;
    this.obstacles = obstacles;
    this.published = published;
    this.clock = clock;
  }

  /**
   * What is set up for an actor.
   *
   * @param exceptions that are not over
   */
  public record Entry(Actor actor, List<Session> sessions, List<SessionException> exceptions) {}

  /** A booking that a leave or a closure hits. */
  public record Hit(String appointment, String referral, Period during) {}

  @Transactional(readOnly = true)
  public List<Entry> entries() {
    return actors.all().stream().filter(Actor::setUp).map(published::entry).toList();
  }

  /**
   * Adds a room, a person or a bay. Without sessions it cannot be booked without asking.
   *
   * @throws UnprocessableEntityException (422) for a kind that is not known, or no name
   */
  @Transactional
  public Actor setUp(String kind, String name) {
    BookedAs as = BookedAs.ofCode(kind).orElseThrow(() -> wrong("There is no kind '%s'.", kind));
    if (name == null || name.isBlank() || name.strip().length() > LONGEST_NAME) {
      throw wrong("A name has 1 to %d characters.", LONGEST_NAME);
    }
    Actor actor = actors.setUp(kind, name, CapacityResources.reference(as, name));
    published.write(actor);
    return actor;
  }

  /** Takes a room, a person or a bay out of use; its bookings stand. */
  @Transactional
  public void retire(long actor) {
    Actor known = known(actor);
    sessions.removeAll(actor);
    actors.retire(actor);
    published.write(known);
  }

  /**
   * Adds a weekly session.
   *
   * @param last day on which it still holds; null for no end
   * @throws UnprocessableEntityException (422) when it has no length or overlaps another one of the
   *     same actor
   */
  @Transactional
  public void addSession(
      long actor, DayOfWeek day, LocalTime from, LocalTime to, LocalDate first, LocalDate last) {
    Actor known = known(actor);
    if (day == null) {
      throw wrong("A session is on a day of the week: choose one.");
    }
    int begin = from.getHour() * MINUTES + from.getMinute();
    int end =
        to.equals(LocalTime.MIDNIGHT) ? 24 * MINUTES : to.getHour() * MINUTES + to.getMinute();
    if (end <= begin) {
      throw wrong("A session ends after it begins: %s to %s.", from, to);
    }
    if (last != null && last.isBefore(first)) {
      throw wrong("A session's last day is not before its first: %s, %s.", first, last);
    }
    if (!sessions.add(new Session(UUID.randomUUID(), actor, day, begin, end, first, last))) {
      throw wrong("%s has another session at that time: change that one.", known.name());
    }
    published.write(known);
  }

  @Transactional
  public void removeSession(long actor, UUID session) {
    sessions.remove(session);
    published.write(known(actor));
  }

  /**
   * Enters an extra session, or a leave or closure, which blocks new bookings at once.
   *
   * @return the bookings that a leave hits: they stand until somebody moves them
   * @throws UnprocessableEntityException (422) when it has no length, is over, or has no reason
   */
  @Transactional
  public List<Hit> addException(
      long actor, Period during, boolean opens, String reason, String by) {
    Actor known = known(actor);
    if (!during.to().isAfter(clock.instant())) {
      throw wrong("It is over already.");
    }
    if (Duration.between(during.from(), during.to()).compareTo(LONGEST) > 0) {
      throw wrong("It lasts a year at most.");
    }
    if (reason == null || reason.isBlank() || reason.length() > 200) {
      throw wrong("It needs a reason of at most 200 characters.");
    }
    List<Hit> hits = opens ? List.of() : obstacles.of(actor, during);
    sessions.add(new SessionException(UUID.randomUUID(), actor, during, opens, reason.strip(), by));
    published.write(known);
    return hits;
  }

  @Transactional
  public void removeException(long actor, UUID exception) {
    sessions.removeException(exception).ifPresent(during -> obstacles.of(actor, during));
    published.write(known(actor));
  }

  private Actor known(long actor) {
    return actors
        .find(actor)
        .orElseThrow(() -> new ResourceNotFoundException("There is nothing numbered " + actor));
  }

  private static UnprocessableEntityException wrong(String message, Object... arguments) {
    return new UnprocessableEntityException(message.formatted(arguments));
  }
}
