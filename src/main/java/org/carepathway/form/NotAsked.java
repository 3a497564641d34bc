package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/**
 * Removes what the service itself has set in items that turned out not to be asked. What a person
 * typed there stays, for the check to report.
 */
final class NotAsked {

  private final Form form;

  NotAsked(Form form) {
    this.form = form;
  }

  void removeFrom(QuestionnaireResponse response) {
    boolean changed = true;
    while (changed) {
      changed = remove(form.items(), Scope.root(form, response.getItem()));
    }
  }

  private boolean remove(List<FormItem> items, Scope scope) {
    boolean changed = false;
    for (FormItem item : items) {
      List<QuestionnaireResponseItemComponent> occurrences =
          Answers.occurrences(scope.items(), item.linkId());
      boolean asked = scope.enables(item);
      for (QuestionnaireResponseItemComponent occurrence : occurrences) {
        if (!asked && onlyLocked(item, occurrence)) {
          changed |= scope.items().remove(occurrence);
        } else if (asked) {
          changed |= remove(item.items(), scope.inside(item, occurrence.getItem()));
        }
      }
    }
    return changed;
  }

  private static boolean onlyLocked(FormItem item, QuestionnaireResponseItemComponent occurrence) {
    if (item.isLocked()) {
      return true;
    }
    List<FormItem> typed = new ArrayList<>(item.items());
    typed.removeIf(inner -> innerOnlyLocked(inner, occurrence));
    return item.isGroup() && typed.isEmpty();
  }

  private static boolean innerOnlyLocked(
      FormItem inner, QuestionnaireResponseItemComponent occurrence) {
    return Answers.occurrences(occurrence.getItem(), inner.linkId()).stream()
        .allMatch(part -> onlyLocked(inner, part));
  }
}
