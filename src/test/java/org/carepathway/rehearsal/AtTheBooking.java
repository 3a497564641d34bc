package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.carepathway.booking.Chosen;
import org.carepathway.booking.Offer;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.BookedAs;
import org.carepathway.capacity.FreeTime;
import org.carepathway.capacity.Period;
import org.carepathway.capacity.Proposed;
import org.carepathway.capacity.SlotSearch;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Schedule;
import org.junit.jupiter.api.BeforeAll;

/** Patients who are about to be booked, with rooms and people that are set up. */
abstract class AtTheBooking {

  static final String STEP = "BookProcedure";
  static final String TO_THE_BOOKING =
      """
      name: To the booking
      extends: happy-path
      until: BookProcedure
      steps: []
      """;

  static Rehearsal stage;
  final Map<String, Actor> actors = new HashMap<>();

  @BeforeAll
  static void open() throws IOException {
    stage = Rehearsal.open();
  }

  void atTheBooking(Consumer<Journey> look) {
    atTheBooking(TO_THE_BOOKING, look);
  }

  void atTheBooking(String course, Consumer<Journey> look) {
    Scenario scenario =
        Scenarios.parse(
            course, name -> read("bpmn/vertebroplasty/scenarios/%s.yaml".formatted(name)));
    int[] there = {0};
    int last = course.contains("wait") ? 2 : 1;
    ScenarioRun.play(
        stage,
        scenario,
        (step, journey) -> {
          if (journey.open().stream().anyMatch(item -> item.element().equals(STEP))) {
            there[0]++;
            if (there[0] == last) {
              look.accept(journey);
            }
          }
        });
    assertThat(there[0]).isGreaterThanOrEqualTo(last);
  }

  void setUp(Journey journey) {
    Map<String, String> names =
        Map.of(
            "room", "Angio 1",
            "operator", "Dr Example",
            "sedation-nurse", "N. Example",
            "recovery-bay", "Bay 4");
    LocalDate today = LocalDate.now(stage.clock);
    for (BookedAs kind : BookedAs.values()) {
      Actor actor = stage.capacity.setUp(kind.code(), names.get(kind.code()));
      actors.put(kind.code(), actor);
      for (DayOfWeek day : DayOfWeek.values()) {
        if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
          stage.capacity.addSession(
              actor.id(), day, LocalTime.of(8, 0), LocalTime.of(20, 0), today, null);
        }
      }
    }
    assertThat(stage.store.all())
        .filteredOn(resource -> resource instanceof Location || resource instanceof Schedule)
        .hasSizeGreaterThanOrEqualTo(6);
    stage.store.takeWritten();
  }

  static Offer offer(Journey journey) {
    WorkItem item = item(journey);
    return stage
        .proposals
        .offer(journey.view(), item.form(), item.element(), journey.populate(item))
        .orElseThrow();
  }

  static Optional<Chosen> chosen(Journey journey, Instant start) {
    WorkItem item = item(journey);
    return stage.proposals.choose(
        journey.view(), item.form(), item.element(), journey.populate(item), start);
  }

  static List<FreeTime> free(Instant start) {
    return stage.freeTimes.find(
        new SlotSearch(
            Proposed.needs(60),
            Set.of(),
            new Period(start, start.plusSeconds(1)),
            1440,
            1,
            1,
            null));
  }

  static void book(Journey journey, Chosen chosen) {
    Map<String, Object> answers = new HashMap<>();
    chosen.answers().forEach((name, value) -> answers.put(name, value.primitiveValue()));
    answers.putAll(
        Map.of("escort-name", "Daughter", "escort-phone", "+1 555", "reminder", "reminder-phone"));
    WorkItem item = item(journey);
    QuestionnaireResponse response =
        stage.sheets.fill(
            journey.content().questionnaire(item.form()), journey.populate(item), answers);
    journey.answer(item, response, true);
  }

  static WorkItem item(Journey journey) {
    return journey.open().stream()
        .filter(each -> each.element().equals(STEP))
        .findFirst()
        .orElseThrow();
  }

  static Appointment appointment(Journey journey) {
    return journey.record().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .filter(each -> each.getStatus() == AppointmentStatus.BOOKED)
        .findFirst()
        .orElseThrow();
  }

  static AppointmentParticipantComponent participant(Appointment appointment, String kind) {
    return appointment.getParticipant().stream()
        .filter(
            each ->
                each.getTypeFirstRep().getCoding().stream().anyMatch(c -> kind.equals(c.getCode())))
        .findFirst()
        .orElseThrow();
  }

  static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
