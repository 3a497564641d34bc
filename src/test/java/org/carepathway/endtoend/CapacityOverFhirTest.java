package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Schedule;
import org.hl7.fhir.r4.model.Slot;
import org.hl7.fhir.r4.model.TimeType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Rooms and their sessions, set up over FHIR: what the page shows, by the same rules. */
class CapacityOverFhirTest extends RunningService {

  @Autowired private Clock clock;

  private final String name = "Fhir room " + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private IdType room;

  @BeforeEach
  void setUp() {
    fhir = new FhirClient(port());
    Parameters said =
        on(
            "scheduler",
            null,
            "$set-up",
            new Parameters().addParameter("kind", new CodeType("room")).addParameter("name", name));
    room = new IdType(((Reference) said.getParameterValue("schedule")).getReference());
  }

  @AfterEach
  void takeOutOfUse() {
    try {
      on("scheduler", room, "$retire", new Parameters());
    } catch (ResourceNotFoundException gone) {
      // The test has.
    }
  }

  @Test
  void whatIsSetUpIsOnThePageAndFreeAndItsLeaveIsNot() throws Exception {
    LocalDate monday =
        LocalDate.now(clock).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    Parameters said = on("scheduler", room, "$add-session", session("mon", "08:00:00", "12:00:00"));
    assertThat(said.getParameters("session")).hasSize(1);
    assertThat(new Caller(port(), "scheduler").signIn().page("/capacity").body()).contains(name);
    assertThat(slots(monday)).containsExactly("free");

    Instant from = monday.atTime(9, 0).atZone(clock.getZone()).toInstant();
    Parameters away =
        on(
            "scheduler",
            room,
            "$add-exception",
            new Parameters()
                .addParameter("start", new DateTimeType(Date.from(from)))
                .addParameter("end", new DateTimeType(Date.from(from.plusSeconds(3600))))
                .addParameter("reason", "Repair"));
    assertThat(slots(monday)).containsExactlyInAnyOrder("free", "free", "busy-unavailable");
    Type exception = away.getParameter("exception").getPartFirstRep().getValue();
    on("scheduler", room, "$remove", new Parameters().addParameter("id", exception));
    assertThat(slots(monday)).containsExactly("free");

    Type session = said.getParameter("session").getPartFirstRep().getValue();
    Parameters without =
        on("scheduler", room, "$remove", new Parameters().addParameter("id", session));
    assertThat(without.hasParameter("session")).isFalse();
    assertThat(slots(monday)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheFieldAndChangesNothing() {
    on("scheduler", room, "$add-session", session("tue", "08:00:00", "12:00:00"));
    refused(session("tue", "11:00:00", "14:00:00"), "has another session at that time");
    refused(session("tue", "14:00:00", "14:00:00"), "ends after it begins");
    refused(session("tuesday", "14:00:00", "15:00:00"), "'day' is 'tuesday': send mon, tue");
    refused(
        session("wed", "14:00:30", "15:00:00"), "'from' is '14:00:30': send a time to the minute");
    Parameters noDay = session("wed", "14:00:00", "15:00:00");
    noDay.getParameter().removeIf(each -> each.getName().equals("first"));
    refused(noDay, "'first' is missing");
    assertThat(on("scheduler", room, "$sessions", new Parameters()).getParameters("session"))
        .hasSize(1);
    assertThatThrownBy(
            () ->
                on(
                    "scheduler",
                    null,
                    "$set-up",
                    new Parameters()
                        .addParameter("kind", new CodeType("kitchen"))
                        .addParameter("name", "K")))
        .isInstanceOf(UnprocessableEntityException.class)
        .hasMessageContaining("There is no kind 'kitchen'");
    assertThatThrownBy(
            () ->
                on(
                    "scheduler",
                    room,
                    "$remove",
                    new Parameters().addParameter("id", new IdType(UUID.randomUUID().toString()))))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  /** As on the page: a nurse looks, and changes nothing. */
  @Test
  void rightsAreThoseOfThePage() {
    assertThat(on("nurse", room, "$sessions", new Parameters()).getParameterValue("name"))
        .hasToString(name);
    assertThatThrownBy(
            () -> on("nurse", room, "$add-session", session("fri", "08:00:00", "12:00:00")))
        .isInstanceOf(ForbiddenOperationException.class);
    assertThatThrownBy(() -> on("nurse", room, "$retire", new Parameters()))
        .isInstanceOf(ForbiddenOperationException.class);
  }

  private void refused(Parameters sent, String says) {
    assertThatThrownBy(() -> on("scheduler", room, "$add-session", sent))
        .isInstanceOfSatisfying(
            BaseServerResponseException.class,
            refused -> {
              assertThat(refused.getStatusCode()).isEqualTo(422);
              assertThat(refused.getOperationOutcome()).isInstanceOf(OperationOutcome.class);
              assertThat(refused.getMessage()).contains(says);
            });
  }

  private List<String> slots(LocalDate day) {
    return fhir
        .as("scheduler")
        .search()
        .byUrl(
            "Slot?schedule=%s&start=ge%s&start=lt%s"
                .formatted(room.getIdPart(), day, day.plusDays(1)))
        .returnBundle(Bundle.class)
        .execute()
        .getEntry()
        .stream()
        .map(entry -> ((Slot) entry.getResource()).getStatus().toCode())
        .toList();
  }

  private Parameters session(String day, String from, String to) {
    return new Parameters()
        .addParameter("day", new CodeType(day))
        .addParameter("from", new TimeType(from))
        .addParameter("to", new TimeType(to))
        .addParameter("first", new DateType(LocalDate.now(clock).toString()));
  }

  private Parameters on(String user, IdType schedule, String operation, Parameters sent) {
    var start = fhir.as(user).operation();
    return (schedule == null ? start.onType(Schedule.class) : start.onInstance(schedule))
        .named(operation)
        .withParameters(sent)
        .execute();
  }
}
