package org.carepathway.step;

import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.pathway.Pathways;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.Moments;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.springframework.stereotype.Component;

/**
 * Reads facts from the pathway's record into variables, for decisions and gateways. Each input is
 * the name of a variable and a FHIRPath expression; nothing found gives null, more than one value
 * is an error.
 */
@Component
class Fetch implements Step {

  private final Pathways pathways;
  private final StepContexts contexts;
  private final FhirPaths paths;

  Fetch(Pathways pathways, StepContexts contexts, FhirPaths paths) {
    this.pathways = pathways;
    this.contexts = contexts;
    this.paths = paths;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(StepInput.facts());
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    FhirPathContext context =
        contexts.of(call, pathways.open(call.pathwayId()), call.inputs().values());
    Map<String, Object> facts = new HashMap<>();
    call.inputs()
        .forEach(
            (variable, path) ->
                facts.put(
                    variable,
                    one(call, variable, paths.evaluate(null, path, context), context.zone())));
    return facts;
  }

  private static Object one(StepCall call, String variable, List<Base> values, ZoneId zone) {
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> scalar(values.get(0), zone);
      default ->
          throw new IllegalStateException(
              "%s: the fact '%s' has %d values; use first() or last()"
                  .formatted(call.element(), variable, values.size()));
    };
  }

  /** A value as decisions read it. */
  static Object scalar(Base value, ZoneId zone) {
    if (value instanceof BooleanType truth) {
      return truth.getValue();
    }
    if (value instanceof IntegerType number) {
      return number.getValue().longValue();
    }
    if (value instanceof DecimalType number) {
      return number.getValue().doubleValue();
    }
    return value instanceof BaseDateTimeType date && date.hasValue()
        ? Date.from(Moments.begin(date, zone))
        : value.primitiveValue();
  }
}
