package org.carepathway.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Given;
import org.carepathway.answers.Prefilled;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.task.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/** Does the tasks of a scenario, each as somebody with the task's role. */
@Component
public class ScenarioPlayer {

  private static final int ANOTHER = 2;
  private static final int MOST = 20;

  private final Worklist worklist;
  private final Completion completion;
  private final AnswerSheets sheets;
  private final Colleagues colleagues;

  ScenarioPlayer(
      Worklist worklist, Completion completion, AnswerSheets sheets, Colleagues colleagues) {
    this.worklist = worklist;
    this.completion = completion;
    this.sheets = sheets;
    this.colleagues = colleagues;
  }

  /**
   * Completes the open task of a pathway that a step names.
   *
   * @throws IllegalStateException when the pathway is not waiting for it
   * @throws java.util.NoSuchElementException when nobody here has its role
   */
  public WorkItem play(UUID pathwayId, Answer step) {
    WorkItem item = openItem(pathwayId, step.task());
    Role role = Role.ofCode(item.role()).orElseThrow();
    Colleague somebody =
        colleagues.withRoles(Set.of(role.code())).stream().findFirst().orElseThrow();
    return ActAs.role(
        role, somebody.name(), somebody.display(), () -> complete(item, step, ANOTHER));
  }

  /** Where the room, or somebody, is taken by another patient, one of another name is booked. */
  private WorkItem complete(WorkItem item, Answer step, int another) {
    try {
      return completion.complete(
          item.id(), Given.of(answers(item, step), confirmed(item, step)), OptionalInt.empty());
    } catch (AnswersRefused refused) {
      Map<String, Object> answers = new HashMap<>(step.answers());
      refused.issues().stream()
          .filter(issue -> issue.rule().equals("booking-taken"))
          .forEach(
              issue ->
                  answers.put(issue.linkId(), step.answers().get(issue.linkId()) + " " + another));
      if (answers.equals(step.answers()) || another > MOST) {
        throw refused;
      }
      return complete(
          item, new Answer(step.task(), answers, step.confirm(), step.refused()), another + 1);
    }
  }

  /** A scenario is about one patient: it cannot know what was booked for others. */
  private boolean confirmed(WorkItem item, Answer step) {
    return step.confirm() || completion.first(item.id()).form().looksBeyondThePatient();
  }

  /** The answers of a step as a QuestionnaireResponse, on top of what is pre-filled. */
  public QuestionnaireResponse answers(WorkItem item, Answer step) {
    Prefilled first = completion.first(item.id());
    return sheets.fill(first.form(), first.answers(), step.answers());
  }

  private WorkItem openItem(UUID pathwayId, String element) {
    return worklist.ofPathway(pathwayId).stream()
        .filter(WorkItem::isOpen)
        .filter(item -> item.element().equals(element))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the pathway does not wait for %s but for %s"
                        .formatted(
                            element,
                            worklist.ofPathway(pathwayId).stream()
                                .filter(WorkItem::isOpen)
                                .map(WorkItem::element)
                                .toList())));
  }
}
