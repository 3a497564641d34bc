package org.carepathway.form;

import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * Gives the questions of a group the answers that one choice for all of them means, where the
 * choice was made. Without it a question stays unanswered; what was answered is never changed.
 */
public final class SharedAnswers {

  private final Form form;

  public SharedAnswers(Form form) {
    this.form = form;
  }

  /** Adds to a response what its choices mean. */
  public void addTo(QuestionnaireResponse response) {
    boolean changed = true;
    while (changed) {
      changed = add(form.items(), Scope.root(form, response.getItem()));
    }
  }

  /** Takes back the choices that another answer contradicts, as a page does when it is changed. */
  public void takeBackFrom(QuestionnaireResponse response) {
    takeBack(form.items(), Scope.root(form, response.getItem()));
  }

  private void takeBack(List<FormItem> items, Scope scope) {
    for (FormItem item : items) {
      if (!against(item, items, scope).isEmpty()) {
        scope.items().removeAll(Answers.occurrences(scope.items(), item.linkId()));
      }
      for (var group : Answers.occurrences(scope.items(), item.linkId())) {
        takeBack(item.items(), scope.inside(item, group.getItem()));
      }
    }
  }

  private boolean add(List<FormItem> items, Scope scope) {
    boolean changed = false;
    for (FormItem item : items) {
      if (scope.enables(item)) {
        if (isChosen(item, scope)) {
          for (SharedAnswer shared : item.shared()) {
            changed |= add(shared, items, scope);
          }
        }
        for (var group : Answers.occurrences(scope.items(), item.linkId())) {
          changed |= add(item.items(), scope.inside(item, group.getItem()));
        }
      }
    }
    return changed;
  }

  private static boolean add(SharedAnswer shared, List<FormItem> items, Scope scope) {
    FormItem question = question(shared, items);
    if (!scope.enables(question)
        || !Answers.valuesWithin(scope.items(), shared.question()).isEmpty()) {
      return false;
    }
    QuestionnaireResponseItemComponent given = new QuestionnaireResponseItemComponent();
    given.setLinkId(shared.question()).addAnswer().setValue(shared.answer().copy());
    Answers.insert(scope.items(), given, items);
    return true;
  }

  /** The questions that were answered otherwise than the choice says. */
  static List<FormItem> against(FormItem choice, List<FormItem> items, Scope scope) {
    return isChosen(choice, scope)
        ? choice.shared().stream()
            .filter(shared -> scope.enables(question(shared, items)))
            .filter(
                shared ->
                    Answers.valuesWithin(scope.items(), shared.question()).stream()
                        .anyMatch(value -> !Values.same(value, shared.answer())))
            .map(shared -> question(shared, items))
            .toList()
        : List.of();
  }

  private static boolean isChosen(FormItem item, Scope scope) {
    return !item.shared().isEmpty()
        && Answers.valuesWithin(scope.items(), item.linkId()).stream()
            .anyMatch(value -> value instanceof BooleanType choice && choice.booleanValue());
  }

  private static FormItem question(SharedAnswer shared, List<FormItem> items) {
    return items.stream()
        .filter(item -> item.linkId().equals(shared.question()))
        .findFirst()
        .orElseThrow();
  }
}
