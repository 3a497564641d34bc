package org.carepathway.rehearsal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** What became of a year of patients, counted over all of them. */
final class YearFigures {

  static final String PATIENTS = "patients";
  static final String BY_LINK = "contact: answered by link";
  static final String CALLED = "contact: called";
  static final String AGAIN = "calls: again, to patient or emergency contact";

  private final TreeMap<String, Integer> counts = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private Duration longestToAlarm = Duration.ZERO;

  synchronized void count(String what) {
    count(what, 1);
  }

  synchronized void count(String what, int more) {
    counts.merge(what, more, Integer::sum);
  }

  /**
   * An alarm was answered.
   *
   * @param task from the answer to the urgent task; null where there is none
   * @param page from the answer to the page that left; null where nobody was paged
   */
  synchronized void alarm(String who, Duration task, Duration page) {
    count("alarms");
    for (Duration time : new Duration[] {task, page}) {
      if (time == null || time.compareTo(Duration.ofMinutes(1)) > 0) {
        fault("%s: an alarm was heard after %s, paged after %s".formatted(who, task, page));
      }
    }
    if (page != null && page.compareTo(longestToAlarm) > 0) {
      longestToAlarm = page;
    }
  }

  /** A rule that was broken; it is said at once, since a year takes its time. */
  synchronized void fault(String what) {
    faults.add(what);
    System.out.println("FAULT " + what);
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized int of(String what) {
    return counts.getOrDefault(what, 0);
  }

  synchronized void print(PrintStream out) {
    int patients = of(PATIENTS);
    counts.forEach((what, number) -> line(out, what, String.valueOf(number)));
    line(out, "longest time to a page after an alarm", Objects.toString(longestToAlarm));
    line(out, "calls per 100 patients", per(of(CALLED) + of(AGAIN), patients));
    line(
        out,
        "  each contact without link a call",
        per(of(BY_LINK) + of(CALLED) + of(AGAIN), patients));
    out.printf("%d patients, %d faults%n", patients, faults.size());
  }

  private static void line(PrintStream out, String what, String number) {
    out.printf("%-50s %8s%n", what, number);
  }

  private static String per(int calls, int patients) {
    return "%.1f".formatted(100.0 * calls / Math.max(1, patients));
  }
}
