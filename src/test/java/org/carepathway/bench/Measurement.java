package org.carepathway.bench;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a number of travels took.
 *
 * @param pathways how many
 * @param seconds wall clock
 * @param cpu of all of them
 */
record Measurement(int pathways, double seconds, ProcessorTime cpu) {

  /** Takes {@code pathways} patients along, {@code workers} at a time, and measures. */
  static Measurement of(Case measured, int pathways, int workers, long postmaster)
      throws Exception {
    measured.prepare(pathways);
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      ProcessorTime before = ProcessorTime.now(postmaster);
      long begin = System.nanoTime();
      List<? extends Future<?>> travels =
          java.util.stream.IntStream.range(0, pathways)
              .mapToObj(
                  n ->
                      pool.submit(
                          () -> {
                            measured.travel();
                            return null;
                          }))
              .toList();
      for (Future<?> travel : travels) {
        travel.get();
      }
      measured.settle();
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Measurement(pathways, seconds, ProcessorTime.now(postmaster).since(before));
    } finally {
      pool.shutdownNow();
    }
  }

  static Measurement sum(List<Measurement> some) {
    return new Measurement(
        some.stream().mapToInt(Measurement::pathways).sum(),
        some.stream().mapToDouble(Measurement::seconds).sum(),
        new ProcessorTime(
            some.stream().mapToDouble(one -> one.cpu.process()).sum(),
            some.stream().mapToDouble(one -> one.cpu.postgres()).sum()));
  }

  /** Without what the client took, which runs in this process too. */
  Measurement withoutClient(double millis) {
    return new Measurement(
        pathways, seconds, new ProcessorTime(cpu.process() - millis, cpu.postgres()));
  }

  double rate() {
    return pathways / seconds;
  }

  double processMillis() {
    return cpu.process() / pathways;
  }

  double postgresMillis() {
    return cpu.postgres() / pathways;
  }

  double millis() {
    return processMillis() + postgresMillis();
  }
}
