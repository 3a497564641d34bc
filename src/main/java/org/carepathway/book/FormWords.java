package org.carepathway.book;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Question;
import org.carepathway.book.Book.RuleText;
import org.carepathway.form.Constraint;
import org.carepathway.form.EnableWhen;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue.Severity;
import org.carepathway.form.FormItem;
import org.carepathway.form.NamedExpression;
import org.carepathway.form.Outputs;
import org.carepathway.form.Prefill;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemOperator;
import org.hl7.fhir.r4.model.Resource;

/** One form as a table. */
final class FormWords {

  private static final Map<QuestionnaireItemOperator, String> OPERATORS =
      Map.of(
          QuestionnaireItemOperator.EQUAL, "book.is",
          QuestionnaireItemOperator.NOT_EQUAL, "book.is-not",
          QuestionnaireItemOperator.GREATER_THAN, "book.is-above",
          QuestionnaireItemOperator.LESS_THAN, "book.is-below",
          QuestionnaireItemOperator.GREATER_OR_EQUAL, "book.is-at-least",
          QuestionnaireItemOperator.LESS_OR_EQUAL, "book.is-at-most");

  private static final int MANY = 3;

  private final Form form;
  private final Glossary glossary;
  private final Language language;
  private final Amounts amounts;
  private final Origins origins;
  private final Recordings recordings;
  private final Map<String, Resource> templates = new LinkedHashMap<>();
  private final Map<String, Set<String>> byQuestion = new LinkedHashMap<>();

  FormWords(
      Form form,
      Questionnaire source,
      Glossary glossary,
      Amounts amounts,
      FhirPaths paths,
      Language language) {
    this.form = form;
    this.glossary = glossary;
    this.amounts = amounts;
    this.language = language;
    this.origins = new Origins(paths, glossary, language);
    this.recordings = new Recordings(paths, language);
    for (Resource template : source.getContained()) {
      String id = template.getId().replaceFirst("^#", "");
      templates.put(id, template);
      recordings
          .questions(template)
          .forEach(
              question ->
                  byQuestion.computeIfAbsent(question, any -> new LinkedHashSet<>()).add(id));
    }
  }

  FormPart part() {
    List<Question> questions = new ArrayList<>();
    add(form.items(), 0, form.queries(), questions);
    return new FormPart(
        form.id(),
        language.of(form.title()),
        List.copyOf(questions),
        rules(form.constraints()),
        recorded(form.outputs(), null));
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
        when(item.enableWhen()),
        from(item.prefill(), known),
        recorded(item.outputs(), item.isQuestion() ? item.linkId() : null),
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

  private String when(EnableWhen enable) {
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
                condition.answer() instanceof org.hl7.fhir.r4.model.Coding wanted
                    && option.getCode().equals(wanted.getCode()))
        .findFirst()
        .map(amounts::of)
        .orElseGet(() -> amounts.of(condition.answer()));
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

  /** What is written where the item is, and names no question; then what names this question. */
  private List<String> recorded(Outputs outputs, String question) {
    Set<String> found = new LinkedHashSet<>();
    outputs.templates().stream()
        .map(Outputs.TemplateUse::templateId)
        .filter(id -> byQuestion.values().stream().noneMatch(ids -> ids.contains(id)))
        .forEach(id -> found.add(recordings.of(templates.get(id))));
    Set<String> named = byQuestion.getOrDefault(question, Set.of());
    if (named.size() > MANY) {
      found.addAll(kinds(named));
    } else {
      named.forEach(id -> found.add(recordings.of(templates.get(id), question)));
    }
    return List.copyOf(found);
  }

  /** A time or a place that goes into many resources: their types, and how many of each. */
  private List<String> kinds(Set<String> ids) {
    Map<String, Long> counts =
        ids.stream()
            .map(id -> templates.get(id).fhirType())
            .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(
            type ->
                type.getValue() == 1
                    ? type.getKey()
                    : language.say("book.times", type.getKey(), type.getValue()))
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
