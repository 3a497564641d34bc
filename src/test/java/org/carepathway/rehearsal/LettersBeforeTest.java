package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.carepathway.answers.Given;
import org.carepathway.document.Documents;
import org.carepathway.document.Page;
import org.carepathway.document.Pages;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.DocumentReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is shown before the discharge is sent is what is made then, and nothing of it is kept. */
@Tag("rehearsal")
class LettersBeforeTest {

  private static final Path SCENARIO = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");
  private static final String DISCHARGE = "Discharge";

  private final List<Page> shown = new ArrayList<>();
  private final List<Page> made = new ArrayList<>();

  /** The scenario goes on after it and expects what it always does. */
  @Test
  void whatIsShownIsWhatIsMade() throws Exception {
    Rehearsal stage = Rehearsal.open();
    Scenario scenario = ScenarioRun.read(SCENARIO);
    Answer discharge =
        scenario.steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .filter(answer -> answer.task().equals(DISCHARGE))
            .findFirst()
            .orElseThrow();
    ScenarioRun.play(
        stage,
        scenario,
        (step, journey) -> {
          if (step.endsWith(DISCHARGE)) {
            made.addAll(documents(stage.pages, journey));
          } else if (made.isEmpty() && isOpen(journey)) {
            look(stage, journey, discharge);
          }
        });
    assertThat(shown).extracting(Page::title).hasSize(3);
    assertThat(shown)
        .extracting(LettersBeforeTest::text)
        .isEqualTo(made.stream().map(LettersBeforeTest::text).toList());
  }

  private static boolean isOpen(Journey journey) {
    return journey.open().stream().anyMatch(item -> item.element().equals(DISCHARGE));
  }

  private void look(Rehearsal stage, Journey journey, Answer discharge) {
    WorkItem item =
        journey.open().stream()
            .filter(one -> one.element().equals(DISCHARGE))
            .findFirst()
            .orElseThrow();
    int before = journey.record().size();
    shown.clear();
    shown.addAll(
        Journey.as(
            Role.ofCode(item.role()).orElseThrow(),
            () ->
                stage.lettersBefore.of(
                    item.id(),
                    Given.of(
                        stage.sheets.fill(
                            journey.content().questionnaire(item.form()),
                            journey.populate(item),
                            discharge.answers()),
                        true))));
    assertThat(journey.record()).as("nothing is kept").hasSize(before);
    assertThat(documents(stage.pages, journey)).isEmpty();
  }

  private static List<Page> documents(Pages pages, Journey journey) {
    return journey.record().stream()
        .filter(DocumentReference.class::isInstance)
        .map(DocumentReference.class::cast)
        .flatMap(
            document ->
                Documents.message(journey.view(), document)
                    .map(message -> pages.of(journey.view(), message, Documents.texts(document)))
                    .stream())
        .toList();
  }

  private static String text(Page page) {
    return page.title() + page.to() + page.copies() + page.paragraphs() + page.texts();
  }
}
