package org.carepathway.step;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Gives a message to everything in the pathway that waits for it, its called processes included, in
 * the same transaction. Input {@code message} is its name; nobody waiting for it is no error.
 */
@Component
class Raise implements Step {

  private final PathwayEngine engine;

  /** Lazy: the engine is built with the steps. */
  Raise(@Lazy PathwayEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "raise";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of(StepInput.needed("message", Kind.MESSAGE));
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    engine.correlate(call.input("message"), call.pathwayId());
    return Map.of();
  }
}
