package org.carepathway.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.carepathway.book.Book.DecisionPart;
import org.carepathway.book.Book.Rule;
import org.carepathway.engine.model.RuleTable;
import org.carepathway.engine.model.RuleTable.Column;
import org.carepathway.engine.model.RuleTable.Row;

/** A decision table as a list of rules: of each only what it looks at, and what comes out. */
final class DecisionWords {

  /** How a rule says where it comes from; see bpmn/README.md. */
  private static final Pattern SAID =
      Pattern.compile("(.*?)\\.? ?Source: (.*?)\\. Evidence: (.*?)\\.?");

  private final Glossary glossary;
  private final Amounts amounts;
  private final Language language;

  DecisionWords(Glossary glossary, Amounts amounts, Language language) {
    this.glossary = glossary;
    this.amounts = amounts;
    this.language = language;
  }

  DecisionPart of(RuleTable table) {
    Map<String, String> labels = new HashMap<>();
    table.outputs().forEach(column -> labels.put(column.name(), column.label()));
    table.inputs().forEach(column -> labels.put(column.name(), column.label()));
    FeelWords words = new FeelWords(glossary, amounts, language, labels);
    return new DecisionPart(
        table.id(),
        language.of(table.name()),
        language.of(table.question()),
        language.say(table.collects() ? "book.all-rules" : "book.first-rule"),
        table.sources().stream().map(language::of).toList(),
        table.inputs().stream().map(Column::label).map(language::of).toList(),
        table.rules().stream().map(row -> rule(table, row, words)).toList());
  }

  private Rule rule(RuleTable table, Row row, FeelWords words) {
    Matcher said = SAID.matcher(row.description());
    boolean sourced = said.matches();
    String whole = language.of(row.description());
    String text = sourced ? said.group(1) : row.description();
    return new Rule(
        row.id(),
        whole.equals(row.description()) ? text : translated(whole, text),
        sourced ? each(said.group(2)) : "",
        sourced ? said.group(3) : "",
        findings(table.inputs(), row.tests(), words),
        results(table.outputs(), row.results(), words),
        row.tests() + " " + row.results());
  }

  /** The sentence of a rule that is translated together with its source. */
  private String translated(String whole, String text) {
    int source = whole.indexOf(' ' + language.of("Source") + ": ");
    return source > 0 ? whole.substring(0, source) : language.of(text);
  }

  private String each(String sources) {
    return List.of(sources.split("; ")).stream()
        .map(language::of)
        .collect(Collectors.joining("; "));
  }

  private List<String> findings(List<Column> inputs, List<String> tests, FeelWords words) {
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      if (!tests.get(i).isBlank() && !tests.get(i).equals("-")) {
        findings.add(pair(inputs.get(i), words.test(tests.get(i))));
      }
    }
    return List.copyOf(findings);
  }

  private List<String> results(List<Column> outputs, List<String> cells, FeelWords words) {
    List<String> results = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String result = words.result(cells.get(i));
      if (!result.isEmpty()) {
        results.add(pair(outputs.get(i), result));
      }
    }
    return List.copyOf(results);
  }

  private String pair(Column column, String words) {
    return language.say("book.pair", language.of(column.label()), words);
  }
}
