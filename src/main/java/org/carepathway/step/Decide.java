package org.carepathway.step;

import java.time.Clock;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.engine.DecisionOutcome;
import org.carepathway.engine.Decisions;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.springframework.stereotype.Component;

/**
 * Evaluates decision tables of the pathway's own deployment, in the order of the input {@code
 * decisions}. Each output column becomes a variable; each evaluation is kept as a GuidanceResponse:
 * which rules of which version fired on which inputs, with which result.
 */
@Component
class Decide implements Step {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/decision-evidence";
  private static final String DECISION = "https://carepathway.org/fhir/decision/";

  private final Decisions decisions;
  private final Pathways pathways;
  private final Records records;
  private final Clock clock;

  Decide(Decisions decisions, Pathways pathways, Records records, Clock clock) {
    this.decisions = decisions;
    this.pathways = pathways;
    this.records = records;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "decide";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(StepInput.needed("decisions", Kind.DECISION));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    Map<String, Object> variables = new HashMap<>(call.variables());
    Map<String, Object> results = new HashMap<>();
    for (String decision : call.input("decisions").split("\\s+")) {
      DecisionOutcome outcome =
          decisions.evaluate(
              call.deploymentId(), decision, variables, open.content().policy().feel());
      results.putAll(outcome.outputs());
      variables.putAll(outcome.outputs());
      open.record().write(call.element(), evidence(open, call, outcome));
    }
    return results;
  }

  private GuidanceResponse evidence(OpenPathway open, StepCall call, DecisionOutcome outcome) {
    GuidanceResponse evidence = new GuidanceResponse();
    evidence.setId(
        StableIds.of(
                records.trigger().id(),
                call.element(),
                "GuidanceResponse/" + outcome.decision() + '/' + call.pathwayId(),
                0)
            .toString());
    evidence.getMeta().addProfile(PROFILE);
    evidence.setModule(
        new CanonicalType(
            "%s%s/%s|%s"
                .formatted(DECISION, open.pathway().key(), outcome.decision(), outcome.version())));
    evidence.setStatus(GuidanceResponseStatus.SUCCESS);
    evidence.setSubject(new Reference("Patient/" + open.pathway().patientId()));
    evidence.setOccurrenceDateTime(Date.from(clock.instant()));
    evidence.addReasonCode().setText(call.name());
    evidence.setOutputParameters(contain(evidence, "outputs", outputs(outcome)));
    evidence
        .addExtension()
        .setUrl("https://carepathway.org/fhir/StructureDefinition/decision-inputs")
        .setValue(contain(evidence, "inputs", parameters(outcome.inputs())));
    return evidence;
  }

  private static Parameters outputs(DecisionOutcome outcome) {
    Parameters outputs = parameters(outcome.outputs());
    outcome.rules().forEach(rule -> outputs.addParameter("rule", new StringType(rule)));
    outcome.hits().forEach(hit -> outputs.addParameter(hit(hit)));
    return outputs;
  }

  /** One row for each rule that fired, for forms that show them row by row. */
  private static ParametersParameterComponent hit(DecisionOutcome.Hit hit) {
    ParametersParameterComponent row = new ParametersParameterComponent();
    row.setName("hit").addPart().setName("rule").setValue(new StringType(hit.rule()));
    hit.outputs()
        .forEach(
            (name, value) -> {
              if (value != null) {
                row.addPart().setName(name).setValue(fhir(value));
              }
            });
    return row;
  }

  private static Parameters parameters(Map<String, Object> values) {
    Parameters parameters = new Parameters();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            parameters.addParameter().setName(name).setValue(fhir(value));
          }
        });
    return parameters;
  }

  private static Reference contain(GuidanceResponse owner, String id, Parameters parameters) {
    parameters.setId(id);
    owner.addContained(parameters);
    return new Reference("#" + id);
  }

  private static Type fhir(Object value) {
    if (value instanceof Boolean truth) {
      return new BooleanType(truth);
    }
    if (value instanceof Integer || value instanceof Long) {
      return new IntegerType(((Number) value).intValue());
    }
    if (value instanceof Number number) {
      return new DecimalType(number.toString());
    }
    if (value instanceof Date date) {
      return new DateTimeType(date);
    }
    return new StringType(value.toString());
  }
}
