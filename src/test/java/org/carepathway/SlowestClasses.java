package org.carepathway;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of a run which ten test classes took longest. */
public final class SlowestClasses implements TestExecutionListener {

  private static final int SHOWN = 10;

  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Map<String, Long> seconds = new ConcurrentHashMap<>();

  @Override
  public void executionStarted(TestIdentifier test) {
    if (isClass(test)) {
      begun.put(test.getUniqueId(), System.nanoTime());
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Long begin = begun.remove(test.getUniqueId());
    if (begin != null) {
      seconds.merge(test.getDisplayName(), (System.nanoTime() - begin) / 1_000_000_000, Long::sum);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (seconds.size() > SHOWN) {
      System.out.println(
          "The slowest test classes of process " + System.getProperty("test.process", "1") + ":");
      seconds.entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(SHOWN)
          .forEach(slow -> System.out.printf("%5d s  %s%n", slow.getValue(), slow.getKey()));
    }
  }

  private static boolean isClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent();
  }
}
