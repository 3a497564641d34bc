package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.Period;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What bad input gets when sessions are set up and times are held and booked: it is told what is
 * wrong, and nothing is written; what is just right beside it is taken.
 */
class BadBookingsTest extends RunningService {

  @Autowired private Capacity capacity;
  @Autowired private Clock clock;
  @Autowired private JdbcTemplate jdbc;

  private Caller scheduler;
  private FhirClient fhir;
  private SchedulingCalls scheduling;
  private Actor room;
  private LocalDate monday;

  /** One room, on Mondays from 8 to 12. */
  @BeforeEach
  void setUp() throws Exception {
    scheduler = new Caller(port(), "scheduler").signIn();
    fhir = new FhirClient(port());
    scheduling = new SchedulingCalls(fhir);
    room = capacity.setUp("room", "Room " + UUID.randomUUID());
    monday = LocalDate.now(clock).plusDays(8).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    capacity.addSession(
        room.id(), DayOfWeek.MONDAY, LocalTime.of(8, 0), LocalTime.of(12, 0), monday, null);
  }

  @AfterEach
  void takeOutOfUse() {
    capacity.retire(room.id());
  }

  @ParameterizedTest
  @CsvSource({
    "MONDAY, 11:59, 13:00, has another session at that time",
    "MONDAY, 07:00, 08:01, has another session at that time",
    "MONDAY, 09:00, 10:00, has another session at that time",
    "TUESDAY, 09:00, 09:00, A session ends after it begins: 09:00 to 09:00.",
    "TUESDAY, 10:00, 09:59, A session ends after it begins: 10:00 to 09:59.",
    "TUESDAY, 24:30, 09:00, From: &#39;24:30&#39; is not a time of day",
    "TUESDAY, 09:00, noon, Until: &#39;noon&#39; is not a time of day",
    "'', 09:00, 10:00, choose one"
  })
  void aSessionThatCannotBeIsRefused(String day, String from, String to, String told)
      throws Exception {
    assertThat(session(day, from, to, monday.toString(), "")).contains(told);
    assertThat(sessions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-30, '', First day: &#39;2026-02-30&#39; is not a date",
    "2031-01-06, soon, Last day: &#39;soon&#39; is not a date",
    "2031-01-06, 2031-01-05, last day is not before its first"
  })
  void aSessionWithoutDaysIsRefused(String first, String last, String told) throws Exception {
    assertThat(session("TUESDAY", "09:00", "10:00", ahead(first), ahead(last))).contains(told);
    assertThat(sessions()).isEqualTo(1);
  }

  /** They touch, or hold until the day before the other one's first. */
  @Test
  void sessionsBesideOthersAreTaken() throws Exception {
    session("MONDAY", "12:00", "13:00", monday.toString(), "");
    session("MONDAY", "07:00", "08:00", monday.toString(), "");
    session("MONDAY", "08:00", "12:00", monday.minusDays(7).toString(), monday.minusDays(1) + "");
    session("TUESDAY", "09:00", "09:01", monday.toString(), monday.toString());
    assertThat(sessions()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource({
    "2031-01-06T09:00, 2031-01-06T09:00, Repair, must end after it begins",
    "2031-01-06T09:00, 2031-01-06T08:59, Repair, must end after it begins",
    "2020-01-06T09:00, 2020-01-06T10:00, Repair, It is over already.",
    "2031-01-06T09:00, 2033-01-06T10:00, Repair, It lasts a year at most.",
    "2031-01-06T09:00, 2031-01-06T10:00, '', It needs a reason",
    "2031-01-06, 2031-01-06T10:00, Repair, From: &#39;2031-01-06&#39; is not a date and time"
  })
  void aLeaveThatCannotBeIsRefused(String from, String until, String reason, String told)
      throws Exception {
    assertThat(leave(ahead(from), ahead(until), reason)).contains(ahead(told));
    assertThat(jdbc.queryForList("select 1 from capacity_exception where actor = ?", room.id()))
        .isEmpty();
  }

  /** Other tests move the service's clock on, by years; each year is put forward once only. */
  private String ahead(String text) {
    int year = LocalDate.now(clock).getYear();
    return Pattern.compile("203[0-9]")
        .matcher(text)
        .replaceAll(told -> String.valueOf(year + Integer.parseInt(told.group()) - 2026));
  }

  @Test
  void aTimeInThePastIsNeitherHeldNorBooked() throws Exception {
    String patient = fhir.sendPatient("klein-genevie.json");
    Instant before = clock.instant().minus(Duration.ofMinutes(1));
    refused(hold(id(before, 60)), IssueType.BUSINESSRULE, "over already");
    refused(book(id(before, 60), patient), IssueType.BUSINESSRULE, "over already");
    assertThat(claims()).isZero();
  }

  /** Four hours, of which the last one may begin so that it ends with the session. */
  @Test
  void whatDoesNotFitIsNotFoundAndNotHeld() throws Exception {
    assertThat(found(240)).isEqualTo(1);
    assertThat(found(241)).isZero();
    refused(hold(id(at(10, 0), 121)), IssueType.NOTFOUND, room.name());
    refused(hold(id(at(7, 59), 60)), IssueType.NOTFOUND, room.name());
    assertThat(claims()).isZero();
    assertThat(hold(id(at(10, 0), 120))).isInstanceOf(Appointment.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "free-%d-0-%d",
        "free-%d--60-%d",
        "free-%d-60-",
        "free-%d-60-.",
        "free-%d-60-99999999999999999999999999%d",
        "free-9999999999%d-60-%d",
        "free-%d-60-0",
        "%d-%d",
        "free"
      })
  void aTimeThatNobodyProposedIsNotFound(String id) throws Exception {
    long minute = at(10, 0).getEpochSecond() / 60;
    refused(hold(id.formatted(minute, room.id())), IssueType.NOTFOUND, "");
    assertThat(claims()).isZero();
  }

  @Test
  void aRoomThatClosedMeanwhileIsNotBookedAndIsOnceItIsOpenAgain() throws Exception {
    String patient = fhir.sendPatient("klein-genevie.json");
    Appointment held = (Appointment) hold(id(at(9, 0), 60));
    String own = held.getIdElement().getIdPart();
    capacity.addException(room.id(), new Period(at(9, 59), at(11, 0)), false, "Burst pipe", "Test");
    refused(book(own, patient), IssueType.NOTFOUND, room.name());
    assertThat(booked()).isZero();

    capacity.entries().stream()
        .filter(entry -> entry.actor().id() == room.id())
        .flatMap(entry -> entry.exceptions().stream())
        .forEach(each -> capacity.removeException(room.id(), each.id()));
    capacity.addException(room.id(), new Period(at(10, 0), at(11, 0)), false, "Burst pipe", "Test");
    assertThat(book(own, patient)).as("beside it").isInstanceOf(Appointment.class);
    assertThat(booked()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2031-01-06T09:00:00%2B99:00",
        "2031-01-06T09:00:00[Mars/Olympus]",
        "2031-02-30T09:00:00Z",
        "2031-01-06T25:00:00Z",
        "tomorrow"
      })
  void aTimeOfAnUnknownZoneOrDayIsRefused(String start) throws Exception {
    HttpResponse<String> answer =
        new Caller(port(), "scheduler")
            .fhir(
                "Appointment/$find?start="
                    + start.replace("[", "%5B").replace("]", "%5D")
                    + "&end=2031-01-08T09:00:00Z");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("OperationOutcome").doesNotContain("Exception:");
  }

  private String session(String day, String from, String to, String first, String last)
      throws Exception {
    Map<String, String> fields = new HashMap<>();
    fields.putAll(Map.of("from", from, "to", to, "first", first, "last", last));
    if (!day.isEmpty()) {
      fields.put("day", day);
    }
    return posted("/capacity/%d/sessions".formatted(room.id()), fields);
  }

  private String leave(String from, String until, String reason) throws Exception {
    return posted(
        "/capacity/%d/exceptions".formatted(room.id()),
        Map.of("from", from, "until", until, "reason", reason, "opens", "false"));
  }

  /** The page after it. */
  private String posted(String path, Map<String, String> fields) throws Exception {
    assertThat(scheduler.post(path, fields).statusCode()).isEqualTo(302);
    return scheduler.page("/capacity").body();
  }

  private int sessions() {
    return jdbc.queryForList("select 1 from capacity_session where actor = ?", room.id()).size();
  }

  private int claims() {
    return jdbc.queryForList("select 1 from capacity_claim where actor = ?", room.id()).size();
  }

  private int booked() {
    return jdbc.queryForList(
            "select 1 from capacity_claim where actor = ? and state = 'booked'", room.id())
        .size();
  }

  private Instant at(int hour, int minute) {
    return monday.atTime(hour, minute).atZone(clock.getZone()).toInstant();
  }

  private String id(Instant start, int minutes) {
    return "free-%d-%d-%d".formatted(start.getEpochSecond() / 60, minutes, room.id());
  }

  private int found(int minutes) {
    Parameters parameters = new Parameters();
    parameters.addParameter("start", new DateTimeType(Date.from(at(0, 0))));
    parameters.addParameter("end", new DateTimeType(Date.from(at(23, 0))));
    parameters.addParameter("minutes", new IntegerType(minutes));
    parameters.addParameter("location-reference", new Reference(room.reference()));
    return scheduling.find(parameters).getTotal();
  }

  private Resource hold(String id) {
    return only(scheduling.hold(id));
  }

  private Resource book(String id, String patient) {
    return only(scheduling.book(id, patient));
  }

  private static Resource only(Bundle answer) {
    assertThat(answer.getEntry()).hasSize(1);
    return answer.getEntryFirstRep().getResource();
  }

  private static void refused(Resource answer, IssueType code, String text) {
    assertThat(answer).isInstanceOf(OperationOutcome.class);
    OperationOutcome outcome = (OperationOutcome) answer;
    assertThat(outcome.getIssueFirstRep().getCode()).isEqualTo(code);
    assertThat(outcome.getIssueFirstRep().getDiagnostics())
        .contains(text)
        .contains("Nothing was changed");
  }
}
