package org.carepathway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;

/** A word that only the tests' vocabulary has: it fails as often as it was told to. */
public class StumblingStep implements Step {

  private final AtomicInteger failures = new AtomicInteger();

  public void failNext(int times) {
    failures.set(times);
  }

  @Override
  public String name() {
    return "stumble";
  }

  @Override
  public List<StepInput> inputs() {
    return List.of();
  }

  @Override
  public Map<String, Object> execute(StepCall call) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("stumbled, as the test asked");
    }
    return Map.of();
  }
}
