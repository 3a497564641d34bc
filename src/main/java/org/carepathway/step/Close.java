package org.carepathway.step;

import java.util.Map;
import java.util.Set;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.pathway.Endings;
import org.springframework.stereotype.Component;

/** Ends the pathway. Input {@code outcome}: a code of CodeSystem {@code pathway-outcome}. */
@Component
class Close implements Step {

  private final Endings endings;

  Close(Endings endings) {
    this.endings = endings;
  }

  @Override
  public String name() {
    return "close";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("outcome");
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    endings.end(call.pathwayId(), call.element(), call.input("outcome"));
    return Map.of();
  }
}
