package org.carepathway.step;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
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
  public List<StepInput> inputs() {
    return List.of(StepInput.needed("outcome", Kind.VALUE));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    endings.end(call.pathwayId(), call.element(), call.input("outcome"));
    return Map.of();
  }
}
