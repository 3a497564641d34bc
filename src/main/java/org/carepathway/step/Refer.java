package org.carepathway.step;

import java.util.Map;
import java.util.Set;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.springframework.stereotype.Component;

/**
 * Refers the patient to a pathway anew: writes the ServiceRequest of the template in the input
 * {@code template}. Storing it starts the pathway that it asks for, in the same transaction, as it
 * does for a referral that comes in at {@code /fhir}.
 */
@Component
class Refer implements Step {

  private final Pathways pathways;
  private final Templates templates;

  Refer(Pathways pathways, Templates templates) {
    this.pathways = pathways;
    this.templates = templates;
  }

  @Override
  public String name() {
    return "refer";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("template");
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    templates.fill(call, open).forEach(referral -> open.record().write(call.element(), referral));
    return Map.of();
  }
}
