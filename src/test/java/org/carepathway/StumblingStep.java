package org.carepathway;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepCall;
import org.carepathway.engine.StepInput;

/**
 * A word that only the tests' vocabulary has: it fails as often as it was told to, or takes long.
 */
public class StumblingStep implements Step {

  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger entered = new AtomicInteger();
  private final Queue<CountDownLatch> gates = new ConcurrentLinkedQueue<>();

  public void failNext(int times) {
    failures.set(times);
  }

  /** The next one to come waits until the gate opens. */
  public void holdNext(CountDownLatch gate) {
    gates.add(gate);
  }

  public void holdNone() {
    gates.clear();
  }

  /** How often it was begun. */
  public int entered() {
    return entered.get();
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
    CountDownLatch gate = gates.poll();
    entered.incrementAndGet();
    try {
      if (gate != null && !gate.await(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("the test never opened the gate");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("stumbled, as the test asked");
    }
    return Map.of();
  }
}
