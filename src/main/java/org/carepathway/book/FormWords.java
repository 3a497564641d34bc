package org.carepathway.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Question;
import org.carepathway.book.Book.RuleText;
import org.carepathway.form.Constraint;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue.Severity;
import org.carepathway.form.FormItem;
import org.carepathway.form.NamedExpression;
import org.carepathway.form.Prefill;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Questionnaire;

/** One form as a table. */
final class FormWords {

  private final Form form;
  private final Language language;
  private final Amounts amounts;
  private final Origins origins;
  private final ConditionWords conditions;
  private final RecordedWords recorded;

  FormWords(
      Form form,
      Questionnaire source,
      Glossary glossary,
      Amounts amounts,
      FhirPaths paths,
      Language language) {
    this.form = form;
    this.amounts = amounts;
    this.language = language;
    this.origins = new Origins(paths, glossary, language);
    this.conditions = new ConditionWords(form, glossary, amounts, language);
    this.recorded = new RecordedWords(source, new Recordings(paths, language), language);
  }

  FormPart part() {
    List<Question> questions = new ArrayList<>();
    add(form.items(), 0, form.queries(), questions);
    return new FormPart(
        form.id(),
        language.of(form.title()),
        List.copyOf(questions),
        rules(form.constraints()),
        recorded.of(form.outputs(), null));
  }

  private void add(
      List<FormItem> items,
      int depth,
      Collection<NamedExpression> around,
      List<Question> questions) {
    for (FormItem item : items) {
      List<NamedExpression> known = new ArrayList<>(around);
      known.addAll(item.prefill().variables());
      if (item.prefill().context() != null) {
        known.add(item.prefill().context());
      }
      questions.add(question(item, depth, known));
      add(item.items(), depth + 1, known, questions);
    }
  }

  private Question question(FormItem item, int depth, Collection<NamedExpression> known) {
    return new Question(
        item.linkId(),
        kind(item),
        depth,
        language.of(item.label()),
        item.wording().help() == null
            ? ""
            : item.wording().help().lines().map(language::of).collect(Collectors.joining(" ")),
        answer(item),
        item.options().stream().map(amounts::of).toList(),
        new LimitWords(amounts, language).of(item),
        item.required(),
        conditions.of(item.enableWhen()),
        from(item.prefill(), known),
        recorded.of(item.outputs(), item.isQuestion() ? item.linkId() : null),
        rules(item.constraints()),
        inside(item));
  }

  private static Question.Kind kind(FormItem item) {
    if (item.isText()) {
      return Question.Kind.TEXT;
    }
    if (item.isGroup()) {
      return Question.Kind.GROUP;
    }
    if (item.hidden()) {
      return Question.Kind.HIDDEN;
    }
    return item.isLocked() ? Question.Kind.SHOWN : Question.Kind.ASKED;
  }

  private String answer(FormItem item) {
    if (item.isText() || item.isGroup() && !item.repeats()) {
      return "";
    }
    String kind = "book.answer." + item.type().toCode();
    return language.say(item.repeats() ? kind + ".several" : kind);
  }

  private List<String> from(Prefill prefill, Collection<NamedExpression> known) {
    if (prefill.expression() != null) {
      return origins.of(prefill.expression(), known);
    }
    if (prefill.context() != null) {
      NamedExpression context = prefill.context();
      return context.query()
          ? origins.of('%' + context.name(), known)
          : origins.of(context.expression(), known);
    }
    return prefill.initial().stream()
        .map(value -> language.say("book.from.value", amounts.of(value)))
        .toList();
  }

  private List<RuleText> rules(List<Constraint> constraints) {
    return constraints.stream()
        .map(
            constraint ->
                new RuleText(
                    constraint.key(),
                    constraint.severity() == Severity.WARNING,
                    said(constraint.message()),
                    constraint.expression() + " " + constraint.location()))
        .toList();
  }

  /** A message with a value in it is translated with the value filled in. */
  private String said(String message) {
    return language.of(message.replaceAll("\\{\\{.*?}}", "…"));
  }

  private static String inside(FormItem item) {
    Prefill prefill = item.prefill();
    return "%s %s %s ".formatted(prefill.variables(), prefill.context(), prefill.expression())
        + item.outputs().allocations()
        + item.outputs().templates().stream()
            .map(use -> use.templateId() + ' ' + use.resourceId())
            .toList();
  }
}
