package org.carepathway.amendment.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.carepathway.answers.web.AnswerLine;
import org.carepathway.form.Form;
import org.carepathway.page.Dates;
import org.carepathway.page.PlainText;
import org.carepathway.page.Texts;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.springframework.stereotype.Component;

/** Says question by question what a correction changes. */
@Component
class ChangeLines {

  private final PathwayHeader header;
  private final Texts texts;
  private final PlainText text;

  ChangeLines(PathwayHeader header, Dates dates, Texts texts) {
    this.header = header;
    this.texts = texts;
    this.text = new PlainText(dates, texts);
  }

  /** For the answers to the form of an item, in the language of the page. */
  BiFunction<QuestionnaireResponse, QuestionnaireResponse, List<String>> of(WorkItem item) {
    Form form = texts.of(header.open(item.pathwayId()).content().form(item.form()));
    return (before, after) -> changes(answers(before, form), answers(after, form));
  }

  private Map<String, String> answers(QuestionnaireResponse given, Form form) {
    Map<String, String> answers = new LinkedHashMap<>();
    AnswerLine.of(given, form, text).stream()
        .filter(line -> !line.heading())
        .forEach(
            line ->
                answers.merge(line.question(), line.answer(), (one, more) -> one + "; " + more));
    return answers;
  }

  private static List<String> changes(Map<String, String> before, Map<String, String> after) {
    Set<String> questions = new LinkedHashSet<>(before.keySet());
    questions.addAll(after.keySet());
    List<String> changes = new ArrayList<>();
    for (String question : questions) {
      String was = before.getOrDefault(question, "-");
      String is = after.getOrDefault(question, "-");
      if (!was.equals(is)) {
        changes.add("%s: %s → %s".formatted(question, was, is));
      }
    }
    return changes;
  }
}
