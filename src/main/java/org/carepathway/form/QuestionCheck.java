package org.carepathway.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemAnswerComponent;
import org.hl7.fhir.r4.model.Type;

/** Checks the answers to one question in one group occurrence. */
final class QuestionCheck {

  private final Findings findings;

  QuestionCheck(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param path the group occurrence, for an answer that is missing
   */
  void check(FormItem item, List<Place> places, Origin origin, String path) {
    findings.once(item, places);
    List<Type> values = new ArrayList<>();
    places.forEach(place -> values.addAll(answers(item, place)));
    String where = places.isEmpty() ? path : places.get(0).path();
    if (origin.locks(item) && !origin.hasSame(item, values)) {
      locked(item, where, origin.values(item));
    }
    if (values.size() > 1 && !item.repeats()) {
      findings.add(item, where, FormIssue.REPEATS, "form.issue.one-answer");
    } else if (new HashSet<>(values.stream().map(Values::text).toList()).size() < values.size()) {
      findings.add(item, where, FormIssue.REPEATS, "form.issue.twice");
    }
    findings.occurs(item, values.size(), where);
  }

  /** Who read the form a while ago has done nothing wrong: they are told what it is now. */
  private void locked(FormItem item, String where, List<Type> now) {
    if (now.isEmpty()) {
      findings.add(item, where, FormIssue.READ_ONLY, "form.issue.set-none");
    } else {
      String said =
          now.stream()
              .map(value -> value instanceof Coding c ? OptionValues.shown(c) : Values.text(value))
              .collect(Collectors.joining(", "));
      findings.add(item, where, FormIssue.READ_ONLY, "form.issue.set", said);
    }
  }

  private List<Type> answers(FormItem item, Place place) {
    List<QuestionnaireResponseItemAnswerComponent> answers = place.item().getAnswer();
    for (int i = 0; i < answers.size(); i++) {
      String path = place.path() + ".answer[" + i + "]";
      if (Answers.isBlank(answers.get(i))) {
        findings.add(item, path, FormIssue.TYPE, "form.issue.empty");
      } else {
        new ValueCheck(item, path, findings).check(answers.get(i).getValue());
      }
      if (answers.get(i).hasItem()) {
        nested(item, path);
      }
    }
    if (place.item().hasItem()) {
      nested(item, place.path());
    }
    return Answers.values(place.item());
  }

  private void nested(FormItem item, String path) {
    findings.add(item, path, FormIssue.MISPLACED, "form.issue.items");
  }
}
