package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * The prefilled counterpart of an occurrence: what a client got, and of which it may not change
 * what is read-only or hidden.
 *
 * @param known false when there is nothing to compare with
 * @param locked whether a group around it is read-only or hidden
 */
record Origin(boolean known, boolean locked, List<QuestionnaireResponseItemComponent> items) {

  static final Origin UNKNOWN = new Origin(false, false, List.of());

  /** Whether only the service sets the answers of this item here. */
  boolean locks(FormItem item) {
    return known && (locked || item.isLocked());
  }

  List<QuestionnaireResponseItemComponent> occurrences(FormItem item) {
    return Answers.occurrences(items, item.linkId());
  }

  /** The answers that the service has set. */
  List<Type> values(FormItem question) {
    return values(occurrences(question));
  }

  boolean hasSame(FormItem question, List<Type> values) {
    return texts(values).equals(texts(values(question)));
  }

  /**
   * For each occurrence of a group the one that it comes from, then one more for a group that is
   * missing. Repetitions may be removed or added in between, so each is matched by what the service
   * has set in it; one that matches none counts as added, and is compared with a blank one.
   */
  List<Origin> of(FormItem group, List<QuestionnaireResponseItemComponent> given) {
    List<QuestionnaireResponseItemComponent> unused = new ArrayList<>(occurrences(group));
    List<Origin> origins = new ArrayList<>();
    for (QuestionnaireResponseItemComponent occurrence : given) {
      QuestionnaireResponseItemComponent origin = match(group, occurrence, unused);
      unused.remove(origin);
      origins.add(inside(group, origin));
    }
    origins.add(inside(group, unused.isEmpty() ? Blank.occurrence(group) : unused.get(0)));
    return origins;
  }

  private Origin inside(FormItem group, QuestionnaireResponseItemComponent occurrence) {
    return new Origin(known, locked || group.isLocked(), occurrence.getItem());
  }

  private QuestionnaireResponseItemComponent match(
      FormItem group,
      QuestionnaireResponseItemComponent occurrence,
      List<QuestionnaireResponseItemComponent> candidates) {
    boolean inOrder = !group.repeats() || locks(group);
    return candidates.stream()
        .filter(candidate -> inOrder || sameLocked(group, occurrence, candidate))
        .findFirst()
        .orElseGet(() -> Blank.occurrence(group));
  }

  private static boolean sameLocked(
      FormItem group,
      QuestionnaireResponseItemComponent given,
      QuestionnaireResponseItemComponent before) {
    return group.items().stream()
        .filter(item -> item.isLocked() || item.isGroup() && !item.repeats())
        .allMatch(item -> sameLocked(item, given.getItem(), before.getItem()));
  }

  /** What is missing does not tell one repetition from another: the item may not be asked. */
  private static boolean sameLocked(
      FormItem item,
      List<QuestionnaireResponseItemComponent> given,
      List<QuestionnaireResponseItemComponent> before) {
    List<QuestionnaireResponseItemComponent> left = Answers.occurrences(given, item.linkId());
    List<QuestionnaireResponseItemComponent> right = Answers.occurrences(before, item.linkId());
    if (item.isQuestion()) {
      return left.isEmpty() || texts(values(left)).equals(texts(values(right)));
    }
    return left.isEmpty() || right.isEmpty() || sameLocked(item, left.get(0), right.get(0));
  }

  private static List<Type> values(List<QuestionnaireResponseItemComponent> occurrences) {
    return occurrences.stream().flatMap(occurrence -> Answers.values(occurrence).stream()).toList();
  }

  private static List<String> texts(List<Type> values) {
    return values.stream().map(Values::text).toList();
  }
}
