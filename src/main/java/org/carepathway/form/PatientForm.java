package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.carepathway.form.FormView.Node;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * A form that a patient answers without staff. It is the Questionnaire of the task; what is for
 * staff is answered by the service, or left out.
 *
 * @param form as staff see it
 * @param asked as the patient sees it
 */
public record PatientForm(Form form, Form asked) {

  /** The first answers with what the service answers in the patient's place. */
  public QuestionnaireResponse first(QuestionnaireResponse prefilled) {
    QuestionnaireResponse first = prefilled.copy();
    first.setItem(answered(form.items(), first.getItem()));
    return first;
  }

  private static List<QuestionnaireResponseItemComponent> answered(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> before) {
    List<QuestionnaireResponseItemComponent> after = new ArrayList<>();
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> known = Answers.occurrences(before, item.linkId());
      if (item.isGroup() && !item.repeats()) {
        group(item, known, after);
      } else if (item.toPatient().answer() != null) {
        QuestionnaireResponseItemComponent answer = new QuestionnaireResponseItemComponent();
        answer.setLinkId(item.linkId()).addAnswer().setValue(item.toPatient().answer().copy());
        after.add(answer);
      } else {
        after.addAll(known);
      }
    }
    return after;
  }

  private static void group(
      FormItem item,
      List<QuestionnaireResponseItemComponent> known,
      List<QuestionnaireResponseItemComponent> after) {
    QuestionnaireResponseItemComponent group =
        known.isEmpty() ? new QuestionnaireResponseItemComponent() : known.get(0);
    group.setLinkId(item.linkId());
    group.setItem(answered(item.items(), group.getItem()));
    if (group.hasItem()) {
      after.add(group);
    }
  }

  /** Whether two responses say the same to all that the patient is asked. */
  public boolean isSame(QuestionnaireResponse one, QuestionnaireResponse other) {
    return said(asked.items(), one.getItem()).equals(said(asked.items(), other.getItem()));
  }

  /** What was said, in the order of the form, as text that can be compared. */
  private static List<String> said(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> answered) {
    List<String> said = new ArrayList<>();
    for (FormItem item : items) {
      for (QuestionnaireResponseItemComponent each : Answers.occurrences(answered, item.linkId())) {
        List<String> inside = said(item.items(), each.getItem());
        if (!item.hidden()) {
          Answers.values(each).forEach(value -> inside.add(text(value)));
        }
        each.getAnswer().forEach(answer -> inside.addAll(said(item.items(), answer.getItem())));
        if (!inside.isEmpty()) {
          said.add(item.linkId() + inside);
        }
      }
    }
    return said;
  }

  private static String text(Type value) {
    return value instanceof Coding coding
        ? coding.getSystem() + '|' + coding.getCode()
        : value.primitiveValue();
  }

  /** Whether an issue is about what the patient sees; others are for staff. */
  public boolean concerns(FormIssue issue) {
    return issue.linkId() == null
        || asked.item(issue.linkId()).filter(item -> !item.hidden()).isPresent();
  }

  /**
   * The page without what the patient does not see, but for what decides which questions are asked.
   */
  public FormView shown(FormView view) {
    return new FormView(view.title(), view.errors(), view.warnings(), nodes(view.nodes(), false));
  }

  private List<Node> nodes(List<Node> nodes, boolean shut) {
    return nodes.stream().map(node -> node(node, shut)).filter(Objects::nonNull).toList();
  }

  private Node node(Node node, boolean shut) {
    if (node instanceof FieldView field) {
      boolean decides = form.item(field.linkId()).filter(this::isAskedFor).isPresent();
      return field.kind().equals("hidden") && !decides ? null : field;
    }
    if (node instanceof GroupView group) {
      List<Node> inside =
          group.repetitions().stream()
              .flatMap(repetition -> nodes(repetition.nodes(), shut || group.hidden()).stream())
              .toList();
      if (group.repeats()) {
        return group.hidden() ? null : group;
      }
      return inside.isEmpty() ? null : group.with(inside);
    }
    return shut ? null : node;
  }

  private boolean isAskedFor(FormItem item) {
    return isAskedFor(form.items(), item.linkId());
  }

  private static boolean isAskedFor(List<FormItem> items, String linkId) {
    return items.stream()
        .anyMatch(
            item ->
                item.enableWhen() != null
                        && item.enableWhen().conditions().stream()
                            .anyMatch(when -> linkId.equals(when.question()))
                    || isAskedFor(item.items(), linkId));
  }
}
