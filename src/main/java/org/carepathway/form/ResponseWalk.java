package org.carepathway.form;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** Walks a form and a response together and notes what does not fit. For one use. */
final class ResponseWalk {

  private final Form form;
  private final ConstraintCheck constraints;
  private final Findings findings;
  private final QuestionCheck questions;

  ResponseWalk(Form form, ConstraintCheck constraints, Findings findings) {
    this.form = form;
    this.constraints = constraints;
    this.findings = findings;
    this.questions = new QuestionCheck(findings);
  }

  void walk(QuestionnaireResponse response, Origin origin) {
    level(form.items(), Scope.root(form, response.getItem()), origin, Place.ROOT);
    constraints.check(form.constraints(), null, response, Place.ROOT);
  }

  /** One occurrence of a group, or the root. */
  private void level(List<FormItem> items, Scope scope, Origin origin, String path) {
    strangers(items, scope.items(), path);
    for (FormItem item : items) {
      List<Place> places = Place.of(item, scope.items(), path);
      if (!scope.enables(item)) {
        findings.notAsked(item, places);
      } else if (item.isGroup()) {
        group(item, places, scope, origin, path);
      } else if (item.isQuestion()) {
        questions.check(item, places, origin, path);
        SharedAnswers.against(item, items, scope)
            .forEach(other -> against(other, Place.of(other, scope.items(), path).get(0)));
        places.stream().filter(Place::isAnswered).forEach(place -> constraints(item, place));
      } else {
        places.stream().filter(Place::isAnswered).forEach(p -> findings.noQuestion(item, p));
      }
    }
  }

  private void strangers(
      List<FormItem> items, List<QuestionnaireResponseItemComponent> given, String path) {
    Set<String> expected = items.stream().map(FormItem::linkId).collect(Collectors.toSet());
    for (int i = 0; i < given.size(); i++) {
      String linkId = given.get(i).getLinkId();
      String place = Place.at(path, i);
      if (linkId == null || !form.knows(linkId)) {
        String message = "The form has no item '%s': leave it out".formatted(linkId);
        findings.addWhole(linkId, place, FormIssue.UNKNOWN, message);
      } else if (!expected.contains(linkId) && form.item(linkId).isPresent()) {
        String message = "The item '%s' stands in the wrong group: move it".formatted(linkId);
        findings.addWhole(linkId, place, FormIssue.MISPLACED, message);
      }
    }
  }

  private void group(FormItem item, List<Place> places, Scope scope, Origin origin, String path) {
    int before = findings.count();
    List<Origin> origins = origin.of(item, places.stream().map(Place::item).toList());
    if (places.isEmpty() && !item.repeats()) {
      level(item.items(), scope.inside(item, List.of()), origins.get(0), path);
    }
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      Scope inner = scope.inside(item, place.item().getItem());
      level(item.items(), inner, origins.get(i), place.path());
      constraints(item, place);
      if (place.item().hasAnswer()) {
        findings.noQuestion(item, place);
      }
    }
    long answered = places.stream().filter(Place::isAnswered).count();
    if (item.repeats()) {
      repetitions(item, places.size(), origin, path);
      findings.occurs(item, answered, path);
    } else {
      findings.once(item, places);
      if (item.required() && answered == 0 && findings.count() == before) {
        findings.required(item, path);
      }
    }
  }

  private void repetitions(FormItem item, int count, Origin origin, String path) {
    if (origin.locks(item) && count != origin.occurrences(item).size()) {
      findings.add(item, path, FormIssue.READ_ONLY, "form.issue.entries-set");
    }
  }

  private void against(FormItem question, Place place) {
    findings.add(question, place.path(), FormIssue.TOGETHER, "form.issue.together");
  }

  private void constraints(FormItem item, Place place) {
    constraints.check(item.constraints(), item, place.item(), place.path());
  }
}
