package org.carepathway.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was not stored, and why: in a file, a line each, and the reasons told at the end. */
final class Refused {

  private static final int MOST_TOLD = 20;
  private static final int LONGEST = 300;

  private final Path file;
  private final PrintStream out;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  Refused(Path file, PrintStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * @param place in the file, from 1; 0 for all of it
   * @param resource {@code Type/id}; empty where it has no name
   */
  synchronized void add(Path from, int place, String resource, String reason) {
    String plain = reason.replaceAll("\\s+", " ").strip();
    lines.add(
        String.join(
            "\t", from.toString(), place == 0 ? "" : String.valueOf(place), resource, plain));
    reasons.merge(kind(resource, plain), 1, Integer::sum);
  }

  synchronized boolean isEmpty() {
    return lines.isEmpty();
  }

  synchronized int size() {
    return lines.size();
  }

  /** Writes the list and tells the reasons, the most frequent first. */
  synchronized void tell() throws IOException {
    if (lines.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    List<String> all = new ArrayList<>(List.of("file\tentry\tresource\treason"));
    all.addAll(lines);
    Files.write(file, all);
    out.printf("Refused: %,d, each with its reason in %s. By reason:%n", lines.size(), file);
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(MOST_TOLD)
        .forEach(reason -> out.printf("%,7d  %s%n", reason.getValue(), reason.getKey()));
  }

  /** The same reason without what differs from entry to entry. */
  private static String kind(String resource, String reason) {
    String kind =
        resource.replaceFirst("/.*", "")
            + ": "
            + reason
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "...")
                .replaceAll("\\[\\d+]", "[n]")
                .replaceAll("\\b(entry|column|line) \\d+", "$1 n");
    return kind.length() > LONGEST ? kind.substring(0, LONGEST) + "..." : kind;
  }
}
