package org.carepathway.book;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.book.Book.DecisionPart;
import org.carepathway.book.Book.FormPart;
import org.carepathway.book.Book.Question;
import org.carepathway.book.Book.Rule;
import org.carepathway.book.Book.RuleText;
import org.carepathway.book.Book.Stage;
import org.carepathway.book.Book.Step;
import org.carepathway.book.Book.Value;
import org.carepathway.book.Book.Written;
import org.carepathway.book.Change.Difference;
import org.carepathway.book.Change.Way;
import org.hl7.fhir.r4.model.Resource;

/** Every single thing in a book by where it stands, to compare two books. */
public final class Inventory {

  /** What is compared and not shown, as only a computer reads it. */
  private static final String INSIDE = "book.inside";

  private record Thing(String kind, String name, String where, Map<String, String> says) {}

  private final Map<String, Thing> things = new LinkedHashMap<>();

  private final Language language;

  private Inventory(Language language) {
    this.language = language;
  }

  public static Inventory of(Book book, Language language) {
    Inventory inventory = new Inventory(language);
    book.stages().forEach(inventory::stage);
    book.allForms().forEach(inventory::form);
    book.allDecisions().forEach(inventory::decision);
    book.values().forEach(inventory::value);
    book.messages().forEach(inventory::written);
    book.events()
        .forEach(
            event ->
                inventory.add(
                    "event-" + event.message() + event.form(),
                    "book.event",
                    event.title(),
                    "",
                    "book.who",
                    event.who(),
                    "book.form",
                    event.form()));
    return inventory;
  }

  /** What is different here from another one, in the order of the book. */
  public List<Change> since(Inventory before) {
    List<Change> changes = new ArrayList<>();
    Stream.concat(things.keySet().stream(), before.things.keySet().stream())
        .distinct()
        .forEach(anchor -> compare(anchor, before.things.get(anchor), changes));
    return List.copyOf(changes);
  }

  /** Tells one state of the book from another, for those who sign it. */
  public String fingerprint() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(things.toString().getBytes(StandardCharsets.UTF_8)),
              0,
              8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String json(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  private void compare(String anchor, Thing before, List<Change> changes) {
    Thing after = things.get(anchor);
    if (before == null || after == null) {
      Thing one = before == null ? after : before;
      Way way = before == null ? Way.ADDED : Way.REMOVED;
      changes.add(new Change(way, anchor, one.kind(), one.name(), one.where(), List.of()));
      return;
    }
    List<Difference> differences =
        after.says().keySet().stream()
            .filter(what -> !Objects.equals(before.says().get(what), after.says().get(what)))
            .map(what -> difference(what, before, after))
            .toList();
    if (!differences.isEmpty()) {
      changes.add(
          new Change(Way.CHANGED, anchor, after.kind(), after.name(), after.where(), differences));
    }
  }

  private static Difference difference(String what, Thing before, Thing after) {
    if (what.equals(INSIDE)) {
      return new Difference(what, null, null);
    }
    String old = before.says().get(what);
    String now = after.says().get(what);
    return new Difference(what, without(old, now), without(now, old));
  }

  /** Of a text of several lines only those that the other one has not. */
  private static String without(String text, String other) {
    if (!text.contains("\n") || !other.contains("\n")) {
      return text;
    }
    List<String> others = other.lines().toList();
    return text.lines().filter(line -> !others.contains(line)).collect(Collectors.joining(" / "));
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
          INSIDE,
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
          INSIDE,
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
        INSIDE,
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
          INSIDE,
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
        INSIDE,
        written.inside());
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
