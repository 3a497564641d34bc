package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import net.fortuna.ical4j.data.CalendarBuilder;
import org.carepathway.RunningService;
import org.carepathway.booking.CalendarFeeds;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.Capacity;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Who has the secret link of a room reads when it is taken, and nothing of patients. */
class CalendarFeedTest extends RunningService {

  @Autowired private CalendarFeeds feeds;
  @Autowired private Capacity capacity;
  @Autowired private Bookings bookings;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcClient jdbc;
  @Autowired private Clock clock;

  private List<Actor> actors;
  private Actor room;

  @BeforeEach
  void setUp() {
    actors = ToTheBooking.setUp(capacity, LocalDate.now(clock)).toList();
    room = actors.stream().filter(each -> each.kind().equals("room")).findFirst().orElseThrow();
  }

  @AfterEach
  void takeOutOfUse() {
    actors.forEach(actor -> capacity.retire(actor.id()));
  }

  @Test
  void theCalendarFollowsTheBookingsAndNamesNobody() throws Exception {
    Instant start = clock.instant().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
    Appointment booked = appointment(start);
    transaction.executeWithoutResult(status -> bookings.book(booked));
    String token = issue();

    HttpResponse<String> calendar = get(token);
    assertThat(calendar.statusCode()).isEqualTo(200);
    assertThat(calendar.headers().firstValue("Content-Type"))
        .hasValue("text/calendar;charset=UTF-8");
    assertThat(calendar.headers().firstValue("Cache-Control")).hasValue("no-cache, private");
    assertThat(calendar.headers().firstValue("Set-Cookie")).isEmpty();
    String utc = start.toString().replaceAll("[-:]", "");
    assertThat(calendar.body().replace("\r\n ", "").split("\r\n"))
        .startsWith("BEGIN:VCALENDAR")
        .contains("NAME:Angio 7", "DTSTART:" + utc, "SUMMARY:Booked", "LOCATION:Angio 7")
        .endsWith("END:VEVENT", "END:VCALENDAR");
    assertThat(calendar.body()).doesNotContain("Patient/", booked.getIdElement().getIdPart());
    assertThat(
            new CalendarBuilder().build(new StringReader(calendar.body())).validate().getEntries())
        .isEmpty();
    String tag = calendar.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get(token, tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();

    transaction.executeWithoutResult(status -> bookings.free(booked.getIdElement().getIdPart()));
    HttpResponse<String> freed = get(token, tag);
    assertThat(freed.statusCode()).as("what was changed is told").isEqualTo(200);
    assertThat(freed.body()).doesNotContain("DTSTART:" + utc);
  }

  @Test
  void aLinkThatWasRevokedOrReplacedOrGuessedOpensNothing() throws Exception {
    String first = issue();
    String second = issue();
    assertThat(get(first).statusCode()).isEqualTo(404);
    assertThat(get(second).statusCode()).isEqualTo(200);
    assertThat(
            jdbc.sql("select encode(hash, 'escape') from calendar_feed").query(String.class).list())
        .noneMatch(kept -> kept.contains(second));
    assertThat(feeds.shared()).contains(room.id());
    runAs(Role.SCHEDULER, () -> feeds.revoke(room.id()));
    assertThat(feeds.shared()).doesNotContain(room.id());
    assertThat(get(second).statusCode()).isEqualTo(404);
    assertThat(get("x").statusCode()).isEqualTo(404);
    assertThatThrownBy(() -> runAs(Role.IR_NURSE, () -> feeds.issue(room.id(), Locale.ENGLISH)))
        .isInstanceOf(ForbiddenOperationException.class);
    assertThatThrownBy(() -> runAs(Role.SCHEDULER, () -> feeds.issue(-1, Locale.ENGLISH)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void aRoomThatIsTakenOutOfUseHasNoCalendarAnyMore() throws Exception {
    String token = issue();
    capacity.retire(room.id());
    assertThat(get(token).statusCode()).isEqualTo(404);
  }

  private static void runAs(Role role, Runnable action) {
    ActAs.role(
        role,
        "somebody",
        "Somebody",
        () -> {
          action.run();
          return null;
        });
  }

  private String issue() {
    String[] token = new String[1];
    runAs(Role.SCHEDULER, () -> token[0] = feeds.issue(room.id(), Locale.ENGLISH));
    return token[0];
  }

  private HttpResponse<String> get(String token) throws Exception {
    return get(token, "\"none\"");
  }

  private HttpResponse<String> get(String token, String tag) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:%d/calendars/%s".formatted(port(), token)))
                .header("Accept-Language", "es")
                .header("If-None-Match", tag)
                .build(),
            BodyHandlers.ofString());
  }

  private Appointment appointment(Instant start) {
    Appointment appointment = new Appointment();
    appointment.setId(UUID.randomUUID().toString());
    appointment.setStatus(AppointmentStatus.BOOKED);
    appointment.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
    appointment
        .addParticipant()
        .addType(
            new org.hl7.fhir.r4.model.CodeableConcept(
                new Coding("https://carepathway.org/fhir/CodeSystem/booked-as", "room", null)))
        .getActor()
        .setDisplay(room.name());
    return appointment;
  }
}
