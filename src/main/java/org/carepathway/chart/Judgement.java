package org.carepathway.chart;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;

/**
 * Why a decision fell as it did.
 *
 * @param decision what was decided: what the table is called
 * @param version of the table
 * @param rules those that fired
 * @param inputs what the table knew
 * @param results what it said
 */
record Judgement(
    String id,
    String decision,
    String version,
    List<Rule> rules,
    List<Value> inputs,
    List<Value> results) {

  private static final String INPUTS =
      "https://carepathway.org/fhir/StructureDefinition/decision-inputs";

  /**
   * @param text empty where the rule does not explain itself
   */
  record Rule(String id, String text) {}

  record Value(String name, String value) {}

  static Judgement of(GuidanceResponse evidence, DecisionWords words) {
    String[] module = evidence.getModuleCanonicalType().getValue().split("\\|", 2);
    String decision = module[0].substring(module[0].lastIndexOf('/') + 1);
    Parameters outputs = contained(evidence, evidence.getOutputParameters());
    Parameters inputs =
        contained(evidence, (Reference) evidence.getExtensionByUrl(INPUTS).getValue());
    return new Judgement(
        evidence.getIdElement().getIdPart(),
        words.decision(decision),
        module.length > 1 ? module[1] : "",
        values(outputs)
            .filter(rule -> rule.getName().equals("rule"))
            .map(rule -> rule.getValue().primitiveValue())
            .distinct()
            .map(rule -> new Rule(rule, words.rule(rule)))
            .toList(),
        values(inputs)
            .map(value -> new Value(words.input(value.getName()), words.value(value.getValue())))
            .toList(),
        values(outputs)
            .filter(value -> !value.getName().equals("rule"))
            .map(
                value ->
                    new Value(
                        words.output(decision, value.getName()), words.value(value.getValue())))
            .toList());
  }

  private static Stream<ParametersParameterComponent> values(Parameters parameters) {
    return parameters.getParameter().stream().filter(ParametersParameterComponent::hasValue);
  }

  private static Parameters contained(GuidanceResponse owner, Reference reference) {
    return Optional.ofNullable(owner.getContained(reference.getReference()))
        .map(Parameters.class::cast)
        .orElseGet(Parameters::new);
  }
}
