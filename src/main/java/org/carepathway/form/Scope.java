package org.carepathway.form;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.carepathway.form.EnableWhen.Condition;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;
import org.hl7.fhir.r4.model.Type;

/**
 * Where one is in a response: the items of an occurrence of a group, and what is around it. It
 * decides which items are asked there.
 *
 * @param group linkId of the group, or {@link Form#ROOT}
 * @param outer null at the root
 */
record Scope(Form form, String group, List<QuestionnaireResponseItemComponent> items, Scope outer) {

  static Scope root(Form form, List<QuestionnaireResponseItemComponent> items) {
    return new Scope(form, Form.ROOT, items, null);
  }

  Scope inside(FormItem inner, List<QuestionnaireResponseItemComponent> innerItems) {
    return new Scope(form, inner.linkId(), innerItems, this);
  }

  /**
   * Whether an item of this group is asked, by its enableWhen; what is around it is not looked at.
   */
  boolean enables(FormItem item) {
    EnableWhen when = item.enableWhen();
    if (when == null) {
      return true;
    }
    return when.all()
        ? when.conditions().stream().allMatch(this::isMet)
        : when.conditions().stream().anyMatch(this::isMet);
  }

  /** R4 questionnaire-enable-operator: "!=" is met when no answer is equal, so also without one. */
  private boolean isMet(Condition condition) {
    List<Type> given = answers(condition.question());
    Type wanted = condition.answer();
    return switch (condition.operator()) {
      case EXISTS -> given.isEmpty() != ((BooleanType) wanted).booleanValue();
      case EQUAL -> given.stream().anyMatch(value -> Values.same(value, wanted));
      case NOT_EQUAL -> given.stream().noneMatch(value -> Values.same(value, wanted));
      case GREATER_THAN -> anyOrder(given, wanted, order -> order > 0);
      case LESS_THAN -> anyOrder(given, wanted, order -> order < 0);
      case GREATER_OR_EQUAL -> anyOrder(given, wanted, order -> order >= 0);
      case LESS_OR_EQUAL -> anyOrder(given, wanted, order -> order <= 0);
      case NULL -> false;
    };
  }

  private static boolean anyOrder(List<Type> given, Type wanted, IntPredicate test) {
    return given.stream()
        .map(value -> Values.compare(value, wanted))
        .anyMatch(order -> order != null && test.test(order));
  }

  /**
   * The answers of the nearest question (R4 Questionnaire.item.enableWhen.question): those in the
   * innermost occurrence that both have around them, so one repetition never looks into another.
   */
  private List<Type> answers(String question) {
    Set<String> around = form.groupsAround(question);
    Scope common = this;
    while (!around.contains(common.group)) {
      common = common.outer;
    }
    return Answers.valuesWithin(common.items, question);
  }
}
