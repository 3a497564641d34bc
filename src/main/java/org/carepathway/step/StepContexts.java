package org.carepathway.step;

import java.util.Collection;
import org.carepathway.engine.StepCall;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.ResourceTemplate;
import org.springframework.stereotype.Component;

/**
 * The view of a pathway that the expressions of a step have: besides that of forms, what was stored
 * by others and set the step off ({@code %changed}), and what it was before ({@code %previous}).
 * Both are empty where something else did.
 */
@Component
class StepContexts {

  private final ExpressionContexts contexts;
  private final Records records;

  StepContexts(ExpressionContexts contexts, Records records) {
    this.contexts = contexts;
    this.records = records;
  }

  FhirPathContext of(StepCall call, OpenPathway open, Collection<String> expressions) {
    Trigger trigger = records.trigger();
    return caused(contexts.of(open, expressions, call.element(), trigger.agent()), trigger);
  }

  /** With what no longer counts in {@code %record}. */
  FhirPathContext ofAll(StepCall call, OpenPathway open, Collection<String> expressions) {
    Trigger trigger = records.trigger();
    return caused(contexts.ofAll(open, expressions, call.element(), trigger.agent()), trigger);
  }

  FhirPathContext of(StepCall call, OpenPathway open, ResourceTemplate template) {
    Trigger trigger = records.trigger();
    return caused(
        contexts.of(
            open, template.variables(), template.recordTypes(), call.element(), trigger.agent()),
        trigger);
  }

  private static FhirPathContext caused(FhirPathContext context, Trigger trigger) {
    return context.with("changed", trigger.changed()).with("previous", trigger.previous());
  }
}
