package org.carepathway.step;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/**
 * Refers the patient to a pathway anew: records the ServiceRequest of the template in the input
 * {@code template}. Storing it starts the pathway that it asks for, in the same transaction, as it
 * does for a referral that comes in at {@code /fhir}.
 */
@Component
class Refer implements Step {

  private final RecordStep recording;

  Refer(RecordStep recording) {
    this.recording = recording;
  }

  @Override
  public String name() {
    return "refer";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(StepInput.needed("template", Kind.TEMPLATE).of(ServiceRequest.class));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    return recording.execute(call);
  }
}
