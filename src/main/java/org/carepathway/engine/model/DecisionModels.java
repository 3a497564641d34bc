package org.carepathway.engine.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Reads DMN text into what the content check looks at. */
public final class DecisionModels {

  private static final Pattern VARIABLE = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern POLICY = Pattern.compile("\\bpolicy\\.([a-z][A-Za-z0-9]*)");

  private DecisionModels() {}

  /**
   * @throws RuntimeException when the text is not DMN
   */
  public static List<DecisionModel> read(String file, String text) {
    return Dmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
        .getModelElementsByType(Decision.class)
        .stream()
        .map(decision -> decision(file, decision))
        .toList();
  }

  private static DecisionModel decision(String file, Decision decision) {
    Collection<DecisionTable> tables = decision.getChildElementsByType(DecisionTable.class);
    return new DecisionModel(
        file,
        decision.getId(),
        decision.getVersionTag(),
        decision.getCamundaHistoryTimeToLiveString() != null,
        tables.stream()
            .flatMap(table -> table.getInputs().stream())
            .flatMap(DecisionModels::variables)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        tables.stream().flatMap(table -> table.getInputs().stream()).map(Input::getLabel).toList(),
        tables.stream().flatMap(table -> table.getOutputs().stream()).map(Output::getName).toList(),
        literals(tables),
        new TableProblems(decision).find(),
        policyNames(decision));
  }

  private static Map<String, Set<String>> literals(Collection<DecisionTable> tables) {
    Map<String, Set<String>> literals = new LinkedHashMap<>();
    for (DecisionTable table : tables) {
      List<String> names = table.getOutputs().stream().map(Output::getName).toList();
      for (Rule rule : table.getRules()) {
        List<OutputEntry> cells = List.copyOf(rule.getOutputEntries());
        for (int i = 0; i < cells.size(); i++) {
          Matcher text = LITERAL.matcher(cells.get(i).getTextContent().strip());
          if (text.matches()) {
            literals.computeIfAbsent(names.get(i), any -> new TreeSet<>()).add(text.group(1));
          }
        }
      }
    }
    return literals;
  }

  /** The policy values that the cells and expressions of a decision name, {@code policy.name}. */
  public static Set<String> policyNames(Decision decision) {
    return decision.getModelInstance().getModelElementsByType(Text.class).stream()
        .filter(text -> isIn(text, decision))
        .flatMap(text -> POLICY.matcher(text.getTextContent()).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isIn(ModelElementInstance element, Decision decision) {
    for (ModelElementInstance at = element; at != null; at = at.getParentElement()) {
      if (at.equals(decision)) {
        return true;
      }
    }
    return false;
  }

  /** Only an input that is a plain variable is known for sure; a FEEL expression is left alone. */
  private static Stream<String> variables(Input input) {
    String expression = input.getInputExpression().getText().getTextContent().strip();
    return VARIABLE.matcher(expression).matches() ? Stream.of(expression) : Stream.empty();
  }
}
