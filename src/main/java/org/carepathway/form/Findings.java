package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a response, in the words that a person reads. */
final class Findings {

  private static final String NOT_ASKED = "form.issue.not-asked";

  private final List<FormIssue> issues = new ArrayList<>();

  List<FormIssue> issues() {
    return List.copyOf(issues);
  }

  int count() {
    return issues.size();
  }

  void add(FormIssue issue) {
    issues.add(issue);
  }

  /**
   * @param key of what goes on after the name of the field
   */
  void add(FormItem item, String path, String rule, String key, Object... arguments) {
    issues.add(FormIssue.of(item, path, rule, Phrase.of(key, arguments)));
  }

  /**
   * @param message stands alone
   */
  void addWhole(String linkId, String path, String rule, String message) {
    issues.add(new FormIssue(linkId, path, FormIssue.Severity.ERROR, rule, message));
  }

  void once(FormItem item, List<Place> places) {
    for (Place extra : places.subList(Math.min(1, places.size()), places.size())) {
      add(item, extra.path(), FormIssue.DUPLICATE, "form.issue.once");
    }
  }

  void required(FormItem item, String path) {
    add(item, path, FormIssue.REQUIRED, "form.issue.required");
  }

  /** Checks the number of answers, or of repetitions with an answer. */
  void occurs(FormItem item, long count, String path) {
    Integer min = item.limits().minOccurs();
    Integer max = item.limits().maxOccurs();
    if (count == 0 && item.required()) {
      required(item, path);
    } else if (min != null && count < min) {
      add(item, path, FormIssue.MIN_OCCURS, "form.issue.min-occurs", min);
    }
    if (max != null && count > max) {
      add(item, path, FormIssue.MAX_OCCURS, "form.issue.max-occurs", max);
    }
  }

  void notAsked(FormItem item, List<Place> places) {
    places.stream()
        .filter(Place::isAnswered)
        .forEach(place -> add(item, place.path(), FormIssue.DISABLED, NOT_ASKED));
  }

  void noQuestion(FormItem item, Place place) {
    add(item, place.path(), FormIssue.TYPE, "form.issue.no-question");
  }
}
