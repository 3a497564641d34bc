package org.carepathway.form;

import java.util.List;
import org.carepathway.form.EnableWhen.Condition;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemType;
import org.hl7.fhir.r4.model.Type;

/**
 * Finds what can never work between the items of a form: conditions on what is no question, has
 * another type or no such option, and first answers that are no answers.
 */
final class FormCheck {

  private final Form form;

  FormCheck(Form form) {
    this.form = form;
  }

  void check() {
    check(form.items());
  }

  private void check(List<FormItem> items) {
    for (FormItem item : items) {
      if (item.enableWhen() != null) {
        item.enableWhen().conditions().forEach(condition -> check(item, condition));
      }
      item.shared().forEach(shared -> check(item, shared, items));
      item.prefill().initial().forEach(value -> initial(item, value));
      check(item.items());
    }
  }

  private void check(FormItem choice, SharedAnswer shared, List<FormItem> beside) {
    FormItem question =
        beside.stream()
            .filter(item -> item.isQuestion() && item.linkId().equals(shared.question()))
            .findFirst()
            .orElse(null);
    if (question == null || question == choice || question.isLocked() || !shared.isWhole()) {
      throw new FormException(
          form.id(),
          choice.linkId(),
          "answers-together: '" + shared.question() + "' is no question of the same group");
    }
    boolean option = !(shared.answer() instanceof Coding coding) || isOption(question, coding);
    if (choice.type() != QuestionnaireItemType.BOOLEAN
        || choice.required()
        || !Values.fits(question.type(), shared.answer())
        || !option) {
      throw new FormException(
          form.id(),
          choice.linkId(),
          "answers-together: the choice must be an optional boolean and its answer one to '%s'"
              .formatted(shared.question()));
    }
  }

  private void initial(FormItem item, Type value) {
    boolean option = !(value instanceof Coding coding) || isOption(item, coding);
    if (!Values.fits(item.type(), value) || !option) {
      throw new FormException(form.id(), item.linkId(), "initial is no answer to this item");
    }
  }

  private static boolean isOption(FormItem question, Coding coding) {
    return question.options().stream().anyMatch(option -> Values.same(option, coding));
  }

  private void check(FormItem item, Condition condition) {
    FormItem question = form.item(condition.question()).orElse(null);
    String problem =
        question == null || !question.isQuestion()
            ? "is no question"
            : problem(question, condition);
    if (problem != null) {
      throw new FormException(
          form.id(), item.linkId(), "enableWhen: '" + condition.question() + "' " + problem);
    }
  }

  private static String problem(FormItem question, Condition condition) {
    if (condition.operator() == null || condition.answer() == null) {
      return "needs an operator and an answer";
    }
    if (condition.operator() == QuestionnaireItemOperator.EXISTS) {
      return condition.answer() instanceof BooleanType ? null : "exists needs answerBoolean";
    }
    String wanted = condition.answer().fhirType();
    if (!Values.fits(question.type(), condition.answer())
        && !numbers(question, condition.answer())) {
      return "has the type %s, the condition asks for %s"
          .formatted(question.type().toCode(), wanted);
    }
    if (condition.answer() instanceof Coding coding && !isOption(question, coding)) {
      return "has no option " + coding.getCode();
    }
    boolean order =
        condition.operator() != QuestionnaireItemOperator.EQUAL
            && condition.operator() != QuestionnaireItemOperator.NOT_EQUAL;
    return order && Values.compare(condition.answer(), condition.answer()) == null
        ? "cannot be compared with " + condition.operator().toCode()
        : null;
  }

  private static boolean numbers(FormItem question, Type answer) {
    return question.type() == QuestionnaireItemType.DECIMAL && Values.number(answer) != null;
  }
}
