package org.carepathway.rehearsal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.carepathway.engine.BlankedFacts;

/** Many random patients, each with a number of its own from which everything about it follows. */
final class Cohort {

  private static final int DRAWS = 2_000;
  private static final int FAULTS_KEPT = 20;

  private final Rehearsal stage;
  private final UsualAnswers usual;
  private final long seed;
  private final BlankedFacts blanked;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong steps = new AtomicLong();
  private final Map<Long, AssertionError> faults = Collections.synchronizedMap(new TreeMap<>());

  /**
   * @param blanked to blank the facts of each decision on the way; null for not
   */
  Cohort(Rehearsal stage, UsualAnswers usual, long seed, BlankedFacts blanked) {
    this.stage = stage;
    this.usual = usual;
    this.seed = seed;
    this.blanked = blanked;
  }

  /** Lets patients travel, on as many threads, until there are enough or too many faults. */
  void travel(int count, int threads) throws InterruptedException {
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread worker =
          new Thread(
              () -> {
                for (int n = next.getAndIncrement();
                    n < count && faults.size() < FAULTS_KEPT;
                    n = next.getAndIncrement()) {
                  one(seed + n);
                  if ((n + 1) % 100 == 0) {
                    System.out.printf("%d of %d patients%n", n + 1, count);
                  }
                }
              });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
  }

  /** Seed to what went wrong. */
  Map<Long, AssertionError> faults() {
    return faults;
  }

  int patients() {
    return next.get();
  }

  void report(PrintStream out, double cpuSeconds) {
    out.printf(
        "%d random patients, %d steps, %.0f CPU-ms a patient, %d with a fault%n",
        patients(), steps.get(), 1000 * cpuSeconds / Math.max(1, patients()), faults.size());
    faults.forEach((number, fault) -> out.printf("seed %d: %s%n", number, fault.getMessage()));
  }

  private void one(long number) {
    try {
      steps.addAndGet(RandomWalk.travel(stage, usual, new Choices(draws(number)), blanked).size());
    } catch (AssertionError fault) {
      faults.put(number, fault);
    }
  }

  static List<Integer> draws(long number) {
    return new Random(number * 0x9E3779B97F4A7C15L)
        .ints(DRAWS, 0, Choices.LARGEST_DRAW + 1)
        .boxed()
        .toList();
  }
}
