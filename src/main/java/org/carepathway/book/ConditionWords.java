package org.carepathway.book;

import java.util.Map;
import java.util.stream.Collectors;
import org.carepathway.form.EnableWhen;
import org.carepathway.form.Form;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;

/** When a question of a form is asked, in words. */
final class ConditionWords {

  private static final Map<QuestionnaireItemOperator, String> OPERATORS =
      Map.of(
          QuestionnaireItemOperator.EQUAL, "book.is",
          QuestionnaireItemOperator.NOT_EQUAL, "book.is-not",
          QuestionnaireItemOperator.GREATER_THAN, "book.is-above",
          QuestionnaireItemOperator.LESS_THAN, "book.is-below",
          QuestionnaireItemOperator.GREATER_OR_EQUAL, "book.is-at-least",
          QuestionnaireItemOperator.LESS_OR_EQUAL, "book.is-at-most");

  private final Form form;
  private final Glossary glossary;
  private final Amounts amounts;
  private final Language language;

  ConditionWords(Form form, Glossary glossary, Amounts amounts, Language language) {
    this.form = form;
    this.glossary = glossary;
    this.amounts = amounts;
    this.language = language;
  }

  /** Empty for a question that is always asked. */
  String of(EnableWhen enable) {
    if (enable == null) {
      return "";
    }
    return enable.conditions().stream()
        .map(this::condition)
        .collect(Collectors.joining(language.say(enable.all() ? "book.and" : "book.or")));
  }

  private String condition(EnableWhen.Condition condition) {
    String question = glossary.question(form.id(), condition.question());
    if (condition.operator() == QuestionnaireItemOperator.EXISTS) {
      boolean answered = "true".equals(condition.answer().primitiveValue());
      return language.say(answered ? "book.is-answered" : "book.is-open", question);
    }
    return language.say(OPERATORS.get(condition.operator()), question, option(condition));
  }

  /** An answer as the question's option says it: the condition may name the code alone. */
  private String option(EnableWhen.Condition condition) {
    return form.item(condition.question()).stream()
        .flatMap(item -> item.options().stream())
        .filter(
            option ->
                condition.answer() instanceof Coding wanted
                    && option.getCode().equals(wanted.getCode()))
        .findFirst()
        .map(amounts::of)
        .orElseGet(() -> amounts.of(condition.answer()));
  }
}
