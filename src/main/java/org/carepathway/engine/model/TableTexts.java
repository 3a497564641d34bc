package org.carepathway.engine.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;

/**
 * What decision tables say about themselves.
 *
 * @param names id of a decision to what it is called
 * @param outputs {@code decision/output} to the heading of the column
 * @param rules id of a rule to its description; a rule without one is left out
 */
public record TableTexts(
    Map<String, String> names, Map<String, String> outputs, Map<String, String> rules) {

  /**
   * @param models file name to BPMN or DMN text
   */
  public static TableTexts of(Map<String, String> models) {
    TableTexts texts = new TableTexts(new HashMap<>(), new HashMap<>(), new HashMap<>());
    models.forEach(
        (file, text) -> {
          if (file.endsWith(".dmn")) {
            texts.read(
                Dmn.readModelFromStream(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
          }
        });
    return texts;
  }

  /** The heading of an output's column; its name where it has none. */
  public String output(String decision, String name) {
    return outputs.getOrDefault(decision + '/' + name, name);
  }

  private void read(DmnModelInstance model) {
    for (Decision decision : model.getModelElementsByType(Decision.class)) {
      names.put(decision.getId(), decision.getName());
      decision.getChildElementsByType(DecisionTable.class).stream()
          .map(DecisionTable::getOutputs)
          .flatMap(Collection::stream)
          .forEach(
              output -> outputs.put(decision.getId() + '/' + output.getName(), heading(output)));
    }
    model.getModelElementsByType(Rule.class).stream()
        .filter(rule -> rule.getDescription() != null)
        .forEach(rule -> rules.put(rule.getId(), rule.getDescription().getTextContent().strip()));
  }

  private static String heading(Output output) {
    return output.getLabel() == null ? output.getName() : output.getLabel();
  }
}
