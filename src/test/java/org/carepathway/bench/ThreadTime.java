package org.carepathway.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.atomic.LongAdder;

/** CPU time of some work in the callers' threads. */
final class ThreadTime {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final LongAdder nanos = new LongAdder();

  void add(Runnable work) {
    nanos.add(of(work));
  }

  void subtract(Runnable work) {
    nanos.add(-of(work));
  }

  /** What was added since the last call, in milliseconds. */
  double take() {
    return nanos.sumThenReset() / 1e6;
  }

  private static long of(Runnable work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
