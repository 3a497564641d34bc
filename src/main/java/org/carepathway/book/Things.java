package org.carepathway.book;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.book.Book.DecisionPart;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Question;
import org.carepathway.book.Book.Rule;
import org.carepathway.book.Book.RuleText;
import org.carepathway.book.Book.Stage;
import org.carepathway.book.Book.Step;
import org.carepathway.book.Book.Value;
import org.carepathway.book.Book.Written;

/** Takes a book apart into single things. */
final class Things {

  private final Map<String, Thing> things = new LinkedHashMap<>();
  private final Language language;

  private Things(Language language) {
    this.language = language;
  }

  /** Each by where it stands, in the order of the book. */
  static Map<String, Thing> of(Book book, Language language) {
    Things all = new Things(language);
    book.stages().forEach(all::stage);
    book.allForms().forEach(all::form);
    book.allDecisions().forEach(all::decision);
    book.values().forEach(all::value);
    book.messages().forEach(all::written);
    book.events().forEach(all::event);
    return all.things;
  }

  private void stage(Stage stage) {
    add("stage-" + stage.id(), "book.stage", stage.name(), "", "book.about", stage.about());
    for (Step step : stage.steps()) {
      add(
          "step-" + stage.id() + '-' + step.id(),
          "book.step",
          step.name().isEmpty() ? step.id() : step.name(),
          stage.name(),
          "book.text",
          step.name(),
          "book.who",
          step.who(),
          "book.does",
          step.does(),
          "book.form",
          step.form(),
          Thing.INSIDE,
          step.inside());
    }
  }

  private void form(FormPart form) {
    String anchor = "form-" + form.id();
    add(
        anchor,
        "book.form",
        form.title(),
        "",
        "book.text",
        form.title(),
        "book.recorded",
        text(form.recorded()));
    form.rules().forEach(rule -> rule(anchor, rule, form.title()));
    for (Question question : form.questions()) {
      add(
          anchor + '-' + question.id(),
          question.kind() == Question.Kind.TEXT ? "book.hint" : "book.question",
          question.text().isEmpty() ? question.id() : question.text(),
          form.title(),
          "book.text",
          question.text(),
          "book.help",
          question.help(),
          "book.answer",
          question.answer(),
          "book.options",
          text(question.options()),
          "book.limits",
          text(question.limits()),
          "book.required",
          language.say("value." + question.required()),
          "book.kind",
          language.say("book.kind." + question.kind()),
          "book.when",
          question.when(),
          "book.from",
          text(question.from()),
          "book.recorded",
          text(question.recorded()),
          Thing.INSIDE,
          question.inside());
      question.rules().forEach(rule -> rule(anchor, rule, form.title()));
    }
  }

  private void rule(String form, RuleText rule, String where) {
    add(
        form + "-rule-" + rule.key(),
        "book.rule",
        rule.text(),
        where,
        "book.text",
        rule.text(),
        "book.warning",
        language.say("value." + rule.warning()),
        Thing.INSIDE,
        rule.inside());
  }

  private void decision(DecisionPart decision) {
    String anchor = "decision-" + decision.id();
    add(
        anchor,
        "book.decision",
        decision.name(),
        "",
        "book.text",
        decision.question(),
        "book.way",
        decision.way(),
        "book.source",
        text(decision.sources()));
    for (Rule rule : decision.rules()) {
      add(
          anchor + '-' + rule.id(),
          "book.rule",
          rule.id(),
          decision.name(),
          "book.text",
          rule.text(),
          "book.source",
          rule.source() + ' ' + rule.evidence(),
          "book.findings",
          text(rule.findings()),
          "book.results",
          text(rule.results()),
          Thing.INSIDE,
          rule.inside());
    }
  }

  private void value(Value value) {
    add(
        "value-" + value.of().name(),
        "book.value",
        value.of().name(),
        "",
        "book.text",
        value.meaning(),
        "book.delivered",
        value.delivered(),
        "book.column-set",
        value.value(),
        "book.bounds",
        value.bounds(),
        "book.source",
        value.of().source() + ' ' + value.of().evidence());
  }

  private void written(Written written) {
    add(
        "template-" + written.name(),
        "book.written",
        written.what(),
        "",
        "book.text",
        String.join("\n", written.texts()),
        Thing.INSIDE,
        written.inside());
  }

  private void event(Book.Event event) {
    add(
        "event-" + event.message() + event.form(),
        "book.event",
        event.title(),
        "",
        "book.who",
        event.who(),
        "book.form",
        event.form());
  }

  private void add(String anchor, String kind, String name, String where, String... says) {
    Map<String, String> all = new LinkedHashMap<>();
    for (int i = 0; i < says.length; i += 2) {
      all.put(says[i], says[i + 1] == null ? "" : says[i + 1]);
    }
    things.put(anchor, new Thing(kind, name, where, all));
  }

  private static String text(List<String> lines) {
    return String.join("; ", lines);
  }
}
