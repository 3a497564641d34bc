package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.form.FormIssue.Severity;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * What the service had set on the page that a person filled in. Should it have changed since, they
 * are told before their answers count: they may have decided by what they saw.
 */
final class Seen {

  private final Map<String, List<String>> parameters;
  private final Form shown;
  private final FieldText text;

  Seen(Map<String, List<String>> parameters, Form shown, FieldText text) {
    this.parameters = parameters;
    this.shown = shown;
    this.text = text;
  }

  /**
   * Warnings for what is not as it was seen; none for what was not on the page.
   *
   * @param now the occurrences of the item as the service sets them now
   * @param prefix of the names of inputs
   * @param path of the first occurrence
   */
  List<FormIssue> changes(
      FormItem item, List<QuestionnaireResponseItemComponent> now, String prefix, String path) {
    List<FormIssue> changes = new ArrayList<>();
    if (item.isQuestion()) {
      question(item, now, prefix, path, changes);
    } else {
      for (int i = 0; i < now.size(); i++) {
        String inside = item.repeats() ? Names.inside(Names.repetition(prefix, item, i)) : prefix;
        for (FormItem part : item.items()) {
          changes.addAll(
              changes(
                  part, Answers.occurrences(now.get(i).getItem(), part.linkId()), inside, path));
        }
      }
    }
    return changes;
  }

  private void question(
      FormItem item,
      List<QuestionnaireResponseItemComponent> now,
      String prefix,
      String path,
      List<FormIssue> changes) {
    List<String> seen = parameters.get(prefix + item.linkId() + Names.SEEN);
    if (seen == null) {
      return;
    }
    List<Type> values =
        now.stream().flatMap(occurrence -> Answers.values(occurrence).stream()).toList();
    String before = plain(seen.get(0));
    if (!before.equals(plain(text.reading(values, shown.item(item.linkId()).orElse(item))))) {
      Phrase phrase =
          before.isEmpty()
              ? Phrase.of("form.issue.appeared")
              : Phrase.of("form.issue.changed", before);
      changes.add(
          new FormIssue(
              item.linkId(),
              path,
              Severity.WARNING,
              FormIssue.CHANGED,
              item.quoted() + " " + phrase.in(Locale.ENGLISH),
              phrase));
    }
  }

  /** A browser sends other line ends than it was given. */
  private static String plain(String said) {
    return said == null ? "" : said.replaceAll("\\s+", " ").strip();
  }
}
