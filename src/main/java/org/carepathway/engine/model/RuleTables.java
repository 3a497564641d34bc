package org.carepathway.engine.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.AuthorityRequirement;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.NamedElement;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Question;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Reads decision tables to show them. */
public final class RuleTables {

  private RuleTables() {}

  /**
   * @param models file name to BPMN or DMN text
   */
  public static List<RuleTable> of(Map<String, String> models) {
    return models.entrySet().stream()
        .filter(model -> model.getKey().endsWith(".dmn"))
        .flatMap(model -> of(model.getValue()))
        .toList();
  }

  private static Stream<RuleTable> of(String dmn) {
    return Dmn.readModelFromStream(new ByteArrayInputStream(dmn.getBytes(StandardCharsets.UTF_8)))
        .getModelElementsByType(Decision.class)
        .stream()
        .flatMap(
            decision ->
                decision.getChildElementsByType(DecisionTable.class).stream()
                    .map(table -> table(decision, table)));
  }

  private static RuleTable table(Decision decision, DecisionTable table) {
    return new RuleTable(
        decision.getId(),
        text(decision.getName()),
        decision.getChildElementsByType(Question.class).stream()
            .map(RuleTables::content)
            .findFirst()
            .orElse(""),
        description(decision),
        table.getHitPolicy() != HitPolicy.FIRST,
        decision.getAuthorityRequirements().stream()
            .map(AuthorityRequirement::getRequiredAuthority)
            .map(NamedElement::getName)
            .toList(),
        table.getInputs().stream().map(RuleTables::column).toList(),
        table.getOutputs().stream().map(RuleTables::column).toList(),
        table.getRules().stream().map(RuleTables::row).toList());
  }

  private static RuleTable.Column column(Input input) {
    String expression = content(input.getInputExpression().getText());
    return new RuleTable.Column(
        input.getLabel() == null ? expression : input.getLabel(), expression);
  }

  private static RuleTable.Column column(Output output) {
    return new RuleTable.Column(
        output.getLabel() == null ? output.getName() : output.getLabel(), output.getName());
  }

  private static RuleTable.Row row(Rule rule) {
    return new RuleTable.Row(
        rule.getId(),
        description(rule),
        rule.getInputEntries().stream().map(RuleTables::content).toList(),
        rule.getOutputEntries().stream().map(RuleTables::content).toList());
  }

  private static String description(DmnElement element) {
    return element.getDescription() == null ? "" : content(element.getDescription());
  }

  private static String content(ModelElementInstance element) {
    return text(element.getTextContent());
  }

  private static String text(String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }
}
