package org.carepathway.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Rule;

/** What the rules of decision tables say about themselves. */
public final class RuleTexts {

  private RuleTexts() {}

  /**
   * @param models file name to BPMN or DMN text
   * @return rule id to its description; a rule without one is left out
   */
  public static Map<String, String> of(Map<String, String> models) {
    Map<String, String> texts = new HashMap<>();
    models.forEach(
        (file, text) -> {
          if (file.endsWith(".dmn")) {
            Dmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getModelElementsByType(Rule.class)
                .stream()
                .filter(rule -> rule.getDescription() != null)
                .forEach(
                    rule ->
                        texts.put(rule.getId(), rule.getDescription().getTextContent().strip()));
          }
        });
    return texts;
  }
}
