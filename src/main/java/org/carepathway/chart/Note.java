package org.carepathway.chart;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Task;

/**
 * What somebody wrote on a patient: a note, the comment of a task, a hand-over, or why the plan was
 * left.
 *
 * @param by the name that people read
 * @param at as people read it
 * @param about title of the task; null for none
 */
record Note(String by, String at, String about, String text) {

  private record Dated(Instant time, Note note) {}

  /** The newest first, also those of tasks that are finished. */
  static List<Note> of(OpenPathway open, Dates dates, Texts texts) {
    Stream<Dated> ofTasks =
        open.resources(Set.of("Task")).stream()
            .map(Task.class::cast)
            .flatMap(
                task ->
                    task.getNote().stream().map(note -> dated(note, texts.of(title(task)), dates)));
    Stream<Dated> ofPlan = open.carePlan().getNote().stream().map(note -> dated(note, null, dates));
    return Stream.concat(ofTasks, ofPlan)
        .sorted(Comparator.comparing(Dated::time).reversed())
        .map(Dated::note)
        .toList();
  }

  private static String title(Task task) {
    return task.hasDescription() ? task.getDescription() : task.getCode().getText();
  }

  private static Dated dated(Annotation note, String about, Dates dates) {
    Instant time = note.hasTime() ? note.getTime().toInstant() : Instant.EPOCH;
    return new Dated(
        time,
        new Note(
            note.hasAuthorReference()
                ? note.getAuthorReference().getDisplay()
                : note.hasAuthorStringType() ? note.getAuthorStringType().getValue() : "",
            note.hasTime() ? dates.exact(time) : "",
            about,
            note.getText()));
  }
}
