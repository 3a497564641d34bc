package org.carepathway.ical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import org.carepathway.ical.CalendarFile.Sender;
import org.junit.jupiter.api.Test;

/** What is written is valid, reads the same again, and says no more than it should. */
class CalendarFileTest {

  private static final Sender SENDER =
      new Sender(URI.create("https://care.example.org"), "Hospital; Sample, North");
  private static final Instant FIRST = Instant.parse("2026-10-25T00:30:00Z");

  @Test
  void anAppointmentIsReadAsItWasWritten() throws Exception {
    String text =
        CalendarFile.appointment(event("Cita: Hospital", "Sala 1, ala B; puerta 2"), SENDER);
    assertThat(text.split("\r\n"))
        .contains(
            "METHOD:PUBLISH",
            "UID:one@carepathway.org",
            "SEQUENCE:3",
            "DTSTAMP:20261001T080000Z",
            "DTSTART:20261025T003000Z",
            "DTEND:20261025T013000Z",
            "STATUS:CONFIRMED",
            "LOCATION:Sala 1\\, ala B\\; puerta 2",
            "ORGANIZER;CN=\"Hospital; Sample, North\":https://care.example.org");
    assertThat(read(text).getComponents("VEVENT")).hasSize(1);
  }

  @Test
  void aCancellationHasTheSameNameAndNoTime() throws Exception {
    String text =
        CalendarFile.cancellation(
            event("Appointment", "Angio 1"), LocalDate.of(2026, 10, 25), SENDER);
    assertThat(text.split("\r\n"))
        .contains(
            "METHOD:CANCEL",
            "UID:one@carepathway.org",
            "SEQUENCE:3",
            "STATUS:CANCELLED",
            "DTSTART;VALUE=DATE:20261025");
    assertThat(text).doesNotContain("LOCATION", "DESCRIPTION", "003000");
    VEvent event = (VEvent) read(text).getComponents().get(0);
    assertThat(event.validate(ImmutableMethod.CANCEL).getEntries()).isEmpty();
  }

  /** At half past two there are two of them that night; a time in UTC is one. */
  @Test
  void onTheNightTheClocksChangeTheInstantIsTold() throws Exception {
    ZoneId madrid = ZoneId.of("Europe/Madrid");
    assertThat(LocalDateTime.ofInstant(FIRST, madrid))
        .isEqualTo(LocalDateTime.ofInstant(FIRST.plusSeconds(3600), madrid));
    VEvent event =
        (VEvent) read(CalendarFile.appointment(event("x", ""), SENDER)).getComponents().get(0);
    assertThat(event.getStartDate().map(start -> Instant.from(start.getDate()))).hasValue(FIRST);
  }

  @Test
  void aFeedFoldsLongLinesByOctetsAndReadsTheSameUnfolded() throws Exception {
    String name = "Sala de angiografía número dos 🏥 ".repeat(8).strip();
    String text = CalendarFile.feed(name, List.of(event("Reservado\nBEGIN:VEVENT", name)));
    assertThat(text.split("\r\n"))
        .allSatisfy(
            line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
    assertThat(text.replace("\r\n ", ""))
        .contains("NAME:" + name, "LOCATION:" + name, "SUMMARY:Reservado\\nBEGIN:VEVENT")
        .doesNotContain("METHOD");
    Calendar calendar = read(text);
    assertThat(calendar.getComponents()).hasSize(1);
  }

  @Test
  void anEmptyFeedIsACalendarStill() {
    assertThat(CalendarFile.feed("Angio 1", List.of()))
        .startsWith("BEGIN:VCALENDAR\r\n")
        .endsWith("END:VCALENDAR\r\n");
  }

  private static CalendarEvent event(String summary, String place) {
    return new CalendarEvent(
        "one@carepathway.org",
        3,
        Instant.parse("2026-10-01T08:00:00Z"),
        FIRST,
        FIRST.plusSeconds(3600),
        summary,
        place,
        "");
  }

  private static Calendar read(String text) throws Exception {
    Calendar calendar = new CalendarBuilder().build(new StringReader(text));
    assertThat(calendar.validate().getEntries()).as(text).isEmpty();
    if (text.contains("METHOD:PUBLISH")) {
      VEvent event = (VEvent) calendar.getComponents().get(0);
      assertThat(event.validate(ImmutableMethod.PUBLISH).getEntries()).as(text).isEmpty();
    }
    return calendar;
  }
}
