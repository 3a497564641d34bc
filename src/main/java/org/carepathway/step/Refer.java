package org.carepathway.step;

import java.util.Map;
import java.util.Set;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
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
  public Set<String> inputs() {
    return recording.inputs();
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    return recording.execute(call);
  }
}
