package org.carepathway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.junit.jupiter.api.Test;

class CourseTest {

  private static final String PROCESS = "vertebroplasty-consent";
  private static final Instant EARLIER = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void aProcessThatNobodyCameToIsAllAhead() {
    assertThat(states().values()).containsOnly("ahead");
  }

  @Test
  void tellsDoneNowNextAndLeftOut() {
    Map<String, String> states =
        states(
            visit("EligibleForProcedure", LATER, false),
            visit("RecordConsent", LATER, false),
            visit("ReadConsent", LATER, false),
            visit("ArrangeRepresentative", null, false));
    assertThat(states)
        .containsEntry("RecordConsent", "done")
        .containsEntry("ArrangeRepresentative", "current")
        .containsEntry("NobodyCanConsent", "ahead");
  }

  @Test
  void whatTheWayTakenHasPassedIsLeftOut() {
    Map<String, String> states =
        states(
            visit("EligibleForProcedure", LATER, false),
            visit("RecordConsent", LATER, false),
            visit("PatientAgreed", LATER, false));
    assertThat(states)
        .containsEntry("PatientAgreed", "done")
        .containsEntry("ArrangeRepresentative", "skipped");
  }

  @Test
  void whatWasCancelledWasNotDone() {
    assertThat(states(visit("RecordConsent", LATER, true)))
        .containsEntry("RecordConsent", "undone");
  }

  @Test
  void theLastVisitTells() {
    assertThat(states(visit("RecordConsent", LATER, false), visit("RecordConsent", LATER, true)))
        .containsEntry("RecordConsent", "undone");
    assertThat(states(visit("RecordConsent", LATER, true), visit("RecordConsent", LATER, false)))
        .containsEntry("RecordConsent", "done");
    assertThat(states(visit("RecordConsent", LATER, true), visit("RecordConsent", null, false)))
        .containsEntry("RecordConsent", "current");
  }

  @Test
  void whatWasLeftUndoneSaysWhatHappened() {
    Visit moved = visit("RecordConsent", LATER, false);
    Course course = new Course(diagram(), List.of(moved), Map.of(moved, "Moved"));
    assertThat(course.states()).containsEntry("RecordConsent", "undone");
    assertThat(course.instead()).containsExactlyEntriesOf(Map.of("RecordConsent", "Moved"));
    Visit done = new Visit(PROCESS, "RecordConsent", LATER, LATER, false, null);
    Course again = new Course(diagram(), List.of(moved, done), Map.of(moved, "Moved"));
    assertThat(again.states()).containsEntry("RecordConsent", "done");
    assertThat(again.instead()).isEmpty();
  }

  private static Map<String, String> states(Visit... visits) {
    return new Course(diagram(), List.of(visits), Map.of()).states();
  }

  private static Visit visit(String element, Instant left, boolean cancelled) {
    return new Visit(PROCESS, element, EARLIER, left, cancelled, null);
  }

  private static Diagram diagram() {
    try {
      return Diagram.of(
              Map.of(
                  "consent.bpmn",
                  Files.readString(Path.of("bpmn/vertebroplasty/vertebroplasty-consent.bpmn"))))
          .get(0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
