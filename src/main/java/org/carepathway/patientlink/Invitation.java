package org.carepathway.patientlink;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.document.Letterhead;
import org.carepathway.ical.BookedEvent;
import org.carepathway.ical.BookedEventRows;
import org.carepathway.ical.CalendarEvent;
import org.carepathway.ical.CalendarFile;
import org.carepathway.ical.CalendarFile.Sender;
import org.carepathway.outreach.Matter;
import org.carepathway.outreach.OutreachSettings;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * An appointment as a file for the patient's calendar. Calendars are shown to others and kept
 * elsewhere, so it says no more than that, when and where the patient is expected.
 */
@Component
public class Invitation {

  private static final String NOBODY = "https://carepathway.org/";

  private final BookedEventRows events;
  private final OutreachSettings settings;
  private final Letterhead letterhead;
  private final MessageSource messages;
  private final Clock clock;

  Invitation(
      BookedEventRows events,
      OutreachSettings settings,
      Letterhead letterhead,
      MessageSource messages,
      Clock clock) {
    this.events = events;
    this.settings = settings;
    this.letterhead = letterhead;
    this.messages = messages;
    this.clock = clock;
  }

  /** What is booked on a pathway now; empty for nothing. */
  @Transactional(readOnly = true)
  public Optional<String> of(UUID pathway) {
    return events
        .ahead(pathway, clock.instant())
        .map(event -> CalendarFile.appointment(shown(event), sender()));
  }

  /**
   * That an appointment is over which was cancelled; empty where it stands, or was moved. It says
   * the day, as the message has that brought the link, and no time.
   */
  @Transactional(readOnly = true)
  public Optional<String> cancellation(Matter matter) {
    return events
        .find(matter.resource())
        .filter(BookedEvent::cancelled)
        .map(
            event ->
                CalendarFile.cancellation(
                    shown(event), LocalDate.ofInstant(matter.ends(), clock.getZone()), sender()));
  }

  private CalendarEvent shown(BookedEvent event) {
    String summary =
        letterhead.hospital().isBlank()
            ? word("ical.appointment")
            : word("ical.appointment.at", letterhead.hospital());
    String coming = word(event.arrival() ? "ical.arrival" : "ical.start");
    String ask = letterhead.phone().isBlank() ? "" : ' ' + word("ical.ask", letterhead.phone());
    return event.shown(summary, coming + ' ' + word("ical.prepare") + ask);
  }

  /** Calendars need an address of who invites; none of them is written to. */
  private Sender sender() {
    URI address =
        settings.mailFrom() != null
            ? URI.create("mailto:" + settings.mailFrom())
            : Optional.ofNullable(settings.address()).orElse(URI.create(NOBODY));
    return new Sender(address, letterhead.hospital());
  }

  private String word(String key, Object... values) {
    return messages.getMessage(key, values, LocaleContextHolder.getLocale());
  }
}
