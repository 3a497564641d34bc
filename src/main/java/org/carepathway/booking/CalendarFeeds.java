package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.FreeTimes;
import org.carepathway.capacity.FreeTimes.Taken;
import org.carepathway.capacity.Period;
import org.carepathway.ical.CalendarEvent;
import org.carepathway.ical.CalendarFile;
import org.carepathway.security.CurrentUser;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bookings of a room or person as a calendar that a phone or a mail program subscribes to by a
 * secret link. It names no patient and no reason: who has the link needs no account.
 */
@Component
public class CalendarFeeds {

  private static final Duration BACK = Duration.ofDays(31);
  private static final Duration AHEAD = Duration.ofDays(366);

  private final CalendarFeedRows rows;
  private final Capacity capacity;
  private final FreeTimes times;
  private final CurrentUser user;
  private final MessageSource messages;
  private final Clock clock;

  CalendarFeeds(
      CalendarFeedRows rows,
      Capacity capacity,
      FreeTimes times,
      CurrentUser user,
      MessageSource messages,
      Clock clock) {
    this.rows = rows;
    this.capacity = capacity;
    this.times = times;
    this.user = user;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * @param tag changes when what the calendar says does
   * @param text in UTF-8
   */
  public record Read(String tag, String text) {}

  /** Whose calendar is read by a link. */
  @Transactional(readOnly = true)
  public Set<Long> shared() {
    return Set.copyOf(rows.shared());
  }

  /**
   * A new secret link's token, which is shown once; the link of before ends.
   *
   * @param language in which the entries are named
   */
  @Transactional
  public String issue(long actor, Locale language) {
    requireRight();
    return rows.issue(
        new CalendarFeedRows.Feed(inUse(actor).id(), language),
        user.agent().display(),
        clock.instant());
  }

  /** No link opens the calendar any more. */
  @Transactional
  public void revoke(long actor) {
    requireRight();
    rows.revoke(actor);
  }

  /** The calendar that a token opens; empty for a token that is not known, or not any more. */
  @Transactional(readOnly = true)
  public Optional<Read> read(String token) {
    return rows.find(token).flatMap(feed -> find(feed.actor()).map(actor -> read(actor, feed)));
  }

  private Optional<Actor> find(long id) {
    return capacity.entries().stream()
        .map(Capacity.Entry::actor)
        .filter(actor -> actor.id() == id)
        .findFirst();
  }

  private Actor inUse(long id) {
    return find(id)
        .orElseThrow(() -> new ResourceNotFoundException("There is nothing numbered " + id));
  }

  private Read read(Actor actor, CalendarFeedRows.Feed feed) {
    Instant now = clock.instant();
    List<Taken> all =
        times.taken(new Period(now.minus(BACK), now.plus(AHEAD))).stream()
            .filter(each -> !each.state().equals("held"))
            .toList();
    List<CalendarEvent> events =
        all.stream()
            .filter(each -> each.actor().id() == actor.id())
            .map(each -> event(each, all, feed.language(), now))
            .toList();
    String said =
        actor.name() + feed.language() + events.stream().map(CalendarFeeds::said).toList();
    return new Read(DigestUtils.sha256Hex(said), CalendarFile.feed(actor.name(), events));
  }

  private static String said(CalendarEvent event) {
    return String.join(
        "\n",
        event.uid(),
        event.from().toString(),
        event.to().toString(),
        event.summary(),
        event.place());
  }

  /** Its UID stays while the booking does, and says nothing of where else it is kept. */
  private CalendarEvent event(Taken taken, List<Taken> all, Locale language, Instant now) {
    String word = taken.state().equals("booked") ? "booked" : "elsewhere";
    return new CalendarEvent(
        DigestUtils.sha256Hex(taken.actor().id() + "/" + taken.appointment()) + "@carepathway.org",
        0,
        now,
        taken.during().from(),
        taken.during().to(),
        messages.getMessage("calendar.feed." + word, null, language),
        place(taken, all),
        "");
  }

  /** Where who is booked has to be: the room of the same appointment. */
  private static String place(Taken taken, List<Taken> all) {
    return all.stream()
        .filter(each -> each.appointment().equals(taken.appointment()))
        .map(Taken::actor)
        .filter(each -> each.kind().equals(BookedAs.ROOM.code()))
        .map(Actor::name)
        .findFirst()
        .orElse("");
  }

  private void requireRight() {
    if (!user.mayAct("set-up-capacity")) {
      throw new ForbiddenOperationException("Your role may not set up what can be booked.");
    }
  }
}
