package org.carepathway.book;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PolicyValue;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.RuleTable;
import org.carepathway.engine.model.RuleTables;
import org.carepathway.form.Form;
import org.carepathway.form.FormItem;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Property;

/** What the names of a pathway's content mean: of forms, questions, codes, decisions, values. */
final class Glossary {

  private final Language language;
  private final Map<String, Form> forms = new LinkedHashMap<>();
  private final Map<String, RuleTable> decisions = new LinkedHashMap<>();
  private final Map<String, PolicyValue> values = new HashMap<>();
  private final Map<String, String> nodes = new HashMap<>();
  private final Map<String, String> events = new HashMap<>();
  private final Map<String, Set<String>> codes = new HashMap<>();

  Glossary(PathwayContent content, Language language) {
    this.language = language;
    content.forms().keySet().stream()
        .map(content::form)
        .forEach(form -> forms.putIfAbsent(form.id(), form));
    forms.values().forEach(form -> form.items().forEach(this::options));
    content.forms().values().stream()
        .flatMap(form -> form.getContained().stream())
        .forEach(this::codings);
    content.templates().values().forEach(this::codings);
    RuleTables.of(content.models()).forEach(table -> decisions.put(table.id(), table));
    content.policy().values().values().forEach(value -> values.put(value.camelCase(), value));
    content.policy().values().forEach(values::put);
    content.events().forEach(event -> events.putIfAbsent(event.message(), event.title()));
    content.diagrams().stream()
        .map(Diagram::nodes)
        .flatMap(some -> some.stream())
        .filter(node -> !node.name().isEmpty())
        .forEach(node -> nodes.putIfAbsent(node.id(), node.name()));
  }

  Map<String, Form> forms() {
    return forms;
  }

  Map<String, RuleTable> decisions() {
    return decisions;
  }

  /**
   * @param name in kebab-case or, as FEEL has it, in camel case
   */
  Optional<PolicyValue> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The name of a step, or its id. */
  String step(String id) {
    return language.of(nodes.getOrDefault(id, id));
  }

  /** The label of a question in quotation marks. */
  String question(String form, String linkId) {
    Optional<FormItem> item =
        form == null || !forms.containsKey(form)
            ? forms.values().stream().flatMap(some -> some.item(linkId).stream()).findFirst()
            : forms.get(form).item(linkId);
    return item.map(FormItem::label).map(this::quoted).orElse(linkId);
  }

  /** What can happen at any time, by its message. */
  String event(String message) {
    return language.of(events.getOrDefault(message, message));
  }

  String quoted(String english) {
    return language.say("book.quoted", language.of(english));
  }

  /**
   * What a code says; the code itself where nothing says it, or several things do. Terminologies
   * have one meaning for each code, however it is written.
   */
  String code(String code) {
    Set<String> displays = codes.getOrDefault(code, Set.of());
    boolean clear = displays.size() == 1 || !displays.isEmpty() && code.matches("[\\d-]{4,}");
    return clear ? language.of(displays.iterator().next()) : code;
  }

  private void options(FormItem item) {
    item.options().forEach(this::coding);
    item.items().forEach(this::options);
  }

  private void codings(Base element) {
    if (element instanceof Coding coding) {
      coding(coding);
    }
    for (Property property : element.children()) {
      property.getValues().stream().filter(some -> some != null).forEach(this::codings);
    }
  }

  private void coding(Coding coding) {
    if (coding.hasCode() && coding.hasDisplay()) {
      codes
          .computeIfAbsent(coding.getCode(), any -> new LinkedHashSet<>())
          .add(coding.getDisplay());
    }
  }
}
