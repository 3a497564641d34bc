package org.carepathway.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.carepathway.engine.model.DecisionModel;
import org.carepathway.engine.model.DecisionModels;

/** The decision tables of a pathway in the service's DMN engine, without the rest of it. */
final class DecisionTables {

  private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

  private final Map<String, DmnDecision> decisions = new LinkedHashMap<>();
  private final Map<String, DecisionModel> models = new LinkedHashMap<>();
  private final Map<String, List<String>> rules = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> types = new LinkedHashMap<>();
  private final Map<String, Set<String>> texts = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> labels = new LinkedHashMap<>();
  private final Set<String> once = new LinkedHashSet<>();
  private final DmnEngine engine;
  private DmnDecisionTableEvaluationEvent last;

  DecisionTables(Path folder) throws IOException {
    this();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".dmn")).sorted().toList()) {
        read(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  /** Those of one file. */
  DecisionTables(String file, String text) {
    this();
    read(file, text);
  }

  private DecisionTables() {
    DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
    configuration.setFeelEngineFactory(Feel::new);
    configuration.setCustomPostDecisionTableEvaluationListeners(List.of(event -> last = event));
    engine = configuration.buildEngine();
  }

  /** Decision id to the ids of its rules. */
  Map<String, List<String>> rules() {
    return rules;
  }

  /** What the table needs to know. */
  DecisionModel model(String decision) {
    if (!models.containsKey(decision)) {
      throw new IllegalArgumentException(
          "no decision '%s' of %s".formatted(decision, rules.keySet()));
    }
    return models.get(decision);
  }

  /** The type of the input that reads a variable. */
  String type(String decision, String variable) {
    return types.get(decision).getOrDefault(variable, "string");
  }

  /** What people call each input: label to variable. */
  Map<String, String> labels(String decision) {
    return labels.get(decision);
  }

  /** The texts that the cells of an input name. */
  List<String> texts(String decision, String variable) {
    return List.copyOf(texts.getOrDefault(decision + '/' + variable, Set.of()));
  }

  /** Whether the table must give exactly one answer. */
  boolean answersOnce(String decision) {
    return once.contains(decision);
  }

  DecisionOutcome evaluate(String decision, Map<String, Object> variables) {
    Map<String, Object> known = new HashMap<>(variables);
    known.computeIfPresent("policy", (policy, values) -> named(decision, (Map<?, ?>) values));
    engine.evaluateDecisionTable(decisions.get(decision), known);
    return DecisionOutcome.of(decision, model(decision).versionTag(), last);
  }

  /** The policy values that the table names, as the service hands them to it. */
  private Map<String, Object> named(String decision, Map<?, ?> policy) {
    Map<String, Object> named = new HashMap<>();
    model(decision).policy().forEach(name -> named.put(name, policy.get(name)));
    return named;
  }

  /** Tables with the same rules, inputs and outputs and other cells, instead of those there are. */
  void replace(String text) {
    engine.parseDecisions(stream(text)).forEach(found -> decisions.put(found.getKey(), found));
  }

  private void read(String file, String text) {
    replace(text);
    DecisionModels.read(file, text).forEach(model -> models.put(model.id(), model));
    Dmn.readModelFromStream(stream(text))
        .getModelElementsByType(Decision.class)
        .forEach(this::index);
  }

  private void index(Decision found) {
    String decision = found.getId();
    DecisionTable table = (DecisionTable) found.getExpression();
    rules.put(decision, table.getRules().stream().map(Rule::getId).toList());
    Map<String, String> byVariable = new LinkedHashMap<>();
    Map<String, String> byLabel = new LinkedHashMap<>();
    table.getInputs().forEach(input -> byLabel.put(input.getLabel(), variable(input)));
    labels.put(decision, byLabel);
    table
        .getInputs()
        .forEach(
            input ->
                byVariable.put(
                    variable(input), String.valueOf(input.getInputExpression().getTypeRef())));
    types.put(decision, byVariable);
    int column = 0;
    for (Input input : table.getInputs()) {
      texts
          .computeIfAbsent(decision + '/' + variable(input), any -> new LinkedHashSet<>())
          .addAll(texts(table, column++));
    }
    if (table.getHitPolicy() == HitPolicy.FIRST) {
      once.add(decision);
    }
  }

  /** Two columns may look at one variable. */
  private static String variable(Input input) {
    return input.getInputExpression().getText().getTextContent().strip();
  }

  private static List<String> texts(DecisionTable table, int column) {
    return table.getRules().stream()
        .map(rule -> List.copyOf(rule.getInputEntries()).get(column))
        .map(cell -> cell.getText().getTextContent())
        .flatMap(cell -> TEXT.matcher(cell).results())
        .map(text -> text.group(1))
        .toList();
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
