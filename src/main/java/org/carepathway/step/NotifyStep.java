package org.carepathway.step;

import java.util.Map;
import java.util.Set;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Asks for a message to be sent: a CommunicationRequest from the template in the input {@code
 * template}, to whom the input {@code to} names: {@code patient}, {@code referrer} or a role.
 * Nothing leaves within the step; delivery is not part of a step's transaction.
 */
@Component
class NotifyStep implements Step {

  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private final Pathways pathways;
  private final Templates templates;

  NotifyStep(Pathways pathways, Templates templates) {
    this.pathways = pathways;
    this.templates = templates;
  }

  @Override
  public String name() {
    return "notify";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("template", "to");
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    OpenPathway open = pathways.open(call.pathwayId());
    for (Resource resource : templates.fill(call, open)) {
      CommunicationRequest request = (CommunicationRequest) resource;
      request.addRecipient(recipient(open, call.input("to")));
      open.record().write(call.element(), request);
    }
    return Map.of();
  }

  private static Reference recipient(OpenPathway open, String to) {
    if ("patient".equals(to)) {
      return new Reference("Patient/" + open.pathway().patientId());
    }
    Reference requester = open.referral().getRequester();
    if ("referrer".equals(to) && requester.hasReference()) {
      return requester.copy();
    }
    Reference role = new Reference().setDisplay(to);
    role.getIdentifier().setSystem(ROLES).setValue(to);
    return role;
  }
}
