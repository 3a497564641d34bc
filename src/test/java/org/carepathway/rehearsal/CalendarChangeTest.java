package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import org.carepathway.calendar.Closure;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.Replanning.Moved;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A closure moves what is due in working days and says so; taken back, it is due as before. */
@Tag("rehearsal")
class CalendarChangeTest {

  private static final String TO_THE_BOOKING =
      """
      name: To the booking
      extends: happy-path
      until: BookProcedure
      change: {TriageReferral: {priority: routine, override-reason: override-data-wrong, override-text: "Less urgent than it reads."}}
      steps: []
      tasks: [BookProcedure]
      """;

  @Test
  void aClosureMovesWhatIsDueInWorkingDaysAndNothingElse() throws IOException {
    Rehearsal stage = Rehearsal.open();
    Scenario scenario =
        Scenarios.parse(
            TO_THE_BOOKING, name -> read("bpmn/vertebroplasty/scenarios/%s.yaml".formatted(name)));
    boolean[] looked = {false};
    ScenarioRun.play(
        stage,
        scenario,
        (step, journey) -> {
          if (journey.open().stream().anyMatch(item -> item.element().equals("BookProcedure"))) {
            closeAndOpen(stage, journey);
            looked[0] = true;
          }
        });
    assertThat(looked[0]).isTrue();
  }

  private static void closeAndOpen(Rehearsal stage, Journey journey) {
    WorkItem before = booking(journey);
    ZonedDateTime due = before.dueAt().atZone(stage.clock.getZone());
    Closure closure =
        stage.closures.add(due.toLocalDate(), due.toLocalDate().plusDays(6), "Move", "Test");

    List<Moved> moved = stage.replanning.run();

    WorkItem after = booking(journey);
    assertThat(moved).extracting(each -> each.item().id()).contains(before.id());
    assertThat(after.dueAt().atZone(stage.clock.getZone()).toLocalDate())
        .isEqualTo(nextOpen(due.toLocalDate().plusDays(7)));
    assertThat(after.about().escalateAt()).isAfter(before.about().escalateAt());
    assertThat(task(journey, after).getRestriction().getPeriod().getEnd().toInstant())
        .isEqualTo(after.dueAt());
    assertThat(stage.replanning.run()).isEmpty();

    stage.closures.remove(closure.id());
    stage.replanning.run();
    assertThat(booking(journey).dueAt()).isEqualTo(before.dueAt());
  }

  private static WorkItem booking(Journey journey) {
    return journey.open().stream()
        .filter(item -> item.element().equals("BookProcedure"))
        .findFirst()
        .orElseThrow();
  }

  private static Task task(Journey journey, WorkItem item) {
    return journey.record().stream()
        .filter(Task.class::isInstance)
        .map(Task.class::cast)
        .filter(task -> task.getIdElement().getIdPart().equals(item.id().toString()))
        .findFirst()
        .orElseThrow();
  }

  private static LocalDate nextOpen(LocalDate day) {
    return day.getDayOfWeek().getValue() > 5 ? nextOpen(day.plusDays(1)) : day;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
