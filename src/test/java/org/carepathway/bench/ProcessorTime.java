package org.carepathway.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CPU time used so far by this process and by its PostgreSQL, in milliseconds.
 *
 * <p>PostgreSQL is the postmaster and its children: user and system time of each that runs ({@code
 * /proc/<pid>/stat}, in ticks of 10 ms), and of those that ended, which Linux adds to the
 * postmaster's {@code cutime} and {@code cstime}.
 */
record ProcessorTime(double process, double postgres) {

  private static final double MILLIS_PER_TICK = 10;

  /** Fields of {@code /proc/<pid>/stat}, counted from the one after the command's name. */
  private static final int PARENT = 1;

  private static final int UTIME = 11;
  private static final int STIME = 12;
  private static final int CUTIME = 13;
  private static final int CSTIME = 14;

  /**
   * @param postmaster process id of the PostgreSQL server
   */
  static ProcessorTime now(long postmaster) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new ProcessorTime(system.getProcessCpuTime() / 1e6, ticks(postmaster) * MILLIS_PER_TICK);
  }

  ProcessorTime since(ProcessorTime before) {
    return new ProcessorTime(process - before.process, postgres - before.postgres);
  }

  private static long ticks(long postmaster) {
    List<String[]> all;
    try (var folders = Files.list(Path.of("/proc"))) {
      all =
          folders
              .filter(folder -> folder.getFileName().toString().matches("\\d+"))
              .map(folder -> stat(folder.getFileName().toString()))
              .filter(stat -> stat.length > CSTIME)
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long children =
        all.stream()
            .filter(stat -> stat[PARENT].equals(Long.toString(postmaster)))
            .mapToLong(stat -> sum(stat, UTIME, STIME))
            .sum();
    return children + sum(stat(Long.toString(postmaster)), UTIME, STIME, CUTIME, CSTIME);
  }

  private static long sum(String[] stat, int... fields) {
    long sum = 0;
    for (int field : fields) {
      sum += Long.parseLong(stat[field]);
    }
    return sum;
  }

  /** The fields after the command's name, which may itself have spaces; none for an ended one. */
  private static String[] stat(String pid) {
    try {
      String line = Files.readString(Path.of("/proc", pid, "stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      return new String[0];
    }
  }
}
