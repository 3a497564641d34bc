package org.carepathway.ical;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.parameter.Cn;
import net.fortuna.ical4j.model.parameter.PartStat;
import net.fortuna.ical4j.model.parameter.Role;
import net.fortuna.ical4j.model.parameter.Rsvp;
import net.fortuna.ical4j.model.property.Attendee;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.Location;
import net.fortuna.ical4j.model.property.Method;
import net.fortuna.ical4j.model.property.Name;
import net.fortuna.ical4j.model.property.Organizer;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Sequence;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableStatus;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Writes calendars. All times are in UTC, so that no time zone has to be told and none can be
 * misread.
 */
public final class CalendarFile {

  private static final String PRODUCT = "-//carepathway.org//bookings//EN";

  /** Octets of a line, without its end. */
  private static final int LONGEST = 75;

  private static final Duration REFRESH = Duration.ofMinutes(15);

  private CalendarFile() {}

  /**
   * Who invites.
   *
   * @param address a mail address or an address of the web, as a URI
   */
  public record Sender(URI address, String name) {}

  /** A calendar that somebody subscribes to: read again and again, it is whole each time. */
  public static String feed(String name, List<CalendarEvent> events) {
    Calendar calendar = calendar(null);
    calendar.add(new Name(name));
    // Programs that do not know RFC 7986 read this one.
    calendar.add(new XProperty("X-WR-CALNAME", name));
    calendar.add(new RefreshInterval(new ParameterList(), REFRESH));
    events.forEach(event -> calendar.add(shown(event, null)));
    return text(calendar);
  }

  /** One appointment to keep; read again with a higher number it takes the place of the former. */
  public static String appointment(CalendarEvent event, Sender sender) {
    Calendar calendar = calendar(ImmutableMethod.PUBLISH);
    calendar.add(shown(event, sender));
    return text(calendar);
  }

  /**
   * Invites somebody (RFC 5546 3.2.2). No answer is asked for: they are booked already.
   *
   * @param invited a mail address, as a URI
   */
  public static String invitation(CalendarEvent event, Sender organizer, Sender invited) {
    Calendar calendar = calendar(ImmutableMethod.REQUEST);
    VEvent shown = shown(event, organizer);
    shown.add(attendee(invited));
    calendar.add(shown);
    return text(calendar);
  }

  /** Takes an invitation back (RFC 5546 3.2.5): the same UID with a higher number. */
  public static String withdrawal(CalendarEvent event, Sender organizer, Sender invited) {
    Calendar calendar = calendar(ImmutableMethod.CANCEL);
    VEvent cancelled = new VEvent(new PropertyList());
    add(cancelled, event, organizer);
    cancelled.add(new DtStart<>(event.from()));
    cancelled.add(new DtEnd<>(event.to()));
    cancelled.add(ImmutableStatus.VEVENT_CANCELLED);
    cancelled.add(attendee(invited));
    calendar.add(cancelled);
    return text(calendar);
  }

  private static Attendee attendee(Sender invited) {
    return new Attendee(
        new ParameterList(
            List.of(new Cn(invited.name()), Role.REQ_PARTICIPANT, PartStat.ACCEPTED, Rsvp.FALSE)),
        invited.address());
  }

  /**
   * Takes an appointment out of a calendar, which knows it by its UID.
   *
   * @param day on which it was; the time is nobody's concern any more
   */
  public static String cancellation(CalendarEvent event, LocalDate day, Sender sender) {
    Calendar calendar = calendar(ImmutableMethod.CANCEL);
    VEvent cancelled = new VEvent(new PropertyList());
    add(cancelled, event, sender);
    cancelled.add(new DtStart<>(day));
    cancelled.add(ImmutableStatus.VEVENT_CANCELLED);
    calendar.add(cancelled);
    return text(calendar);
  }

  private static VEvent shown(CalendarEvent event, Sender sender) {
    VEvent shown = new VEvent(new PropertyList());
    add(shown, event, sender);
    shown.add(new DtStart<>(event.from()));
    shown.add(new DtEnd<>(event.to()));
    shown.add(ImmutableStatus.VEVENT_CONFIRMED);
    if (!event.place().isBlank()) {
      shown.add(new Location(event.place()));
    }
    if (!event.description().isBlank()) {
      shown.add(new Description(event.description()));
    }
    return shown;
  }

  private static void add(VEvent written, CalendarEvent event, Sender sender) {
    List.<Property>of(
            new Uid(event.uid()),
            new DtStamp(event.stamp()),
            new Sequence(event.sequence()),
            new Summary(event.summary()))
        .forEach(written::add);
    if (sender != null) {
      ParameterList parameters =
          sender.name().isBlank()
              ? new ParameterList()
              : new ParameterList(List.of(new Cn(sender.name())));
      written.add(new Organizer(parameters, sender.address()));
    }
  }

  /**
   * @param method null for none
   */
  private static Calendar calendar(Method method) {
    Calendar calendar = new Calendar();
    calendar.add(new ProdId(PRODUCT));
    calendar.add(ImmutableVersion.VERSION_2_0);
    if (method != null) {
      calendar.add(method);
    }
    return calendar;
  }

  /** Folds by octets, as RFC 5545 3.1 says; the library's own writer counts characters. */
  private static String text(Calendar calendar) {
    return calendar.toString().lines().map(CalendarFile::folded).collect(Collectors.joining());
  }

  private static String folded(String line) {
    StringBuilder folded = new StringBuilder();
    int octets = 0;
    for (int point : line.codePoints().toArray()) {
      String one = Character.toString(point);
      int length = one.getBytes(StandardCharsets.UTF_8).length;
      if (octets + length > LONGEST) {
        folded.append("\r\n ");
        octets = 1;
      }
      folded.append(one);
      octets += length;
    }
    return folded.append("\r\n").toString();
  }
}
