package org.carepathway.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cells of decision tables, each broken in the ways in which a slip of the pen breaks it. */
final class BrokenCells {

  /** As Camunda Modeler writes it. */
  private static final Pattern CELL =
      Pattern.compile("<(input|output)Entry id=\"([^\"]+)\">\\s*<text>([^<]*)</text>");

  private static final Pattern COMPARISON = Pattern.compile("(?:&gt;|&lt;)=?");
  private static final Map<String, String> MOVED =
      Map.of("&gt;=", "&gt;", "&gt;", "&gt;=", "&lt;=", "&lt;", "&lt;", "&lt;=");
  private static final Pattern RANGE =
      Pattern.compile("[\\[(](?=[^\\[(]*\\.\\.)|(?<=\\.\\.[^)\\]]{1,60})[)\\]]");
  private static final Map<String, String> OPENED = Map.of("[", "(", "(", "[", ")", "]", "]", ")");

  private static final String NEXT_VALUE = ", ";
  private static final String OR = " or ";

  /** A code that a process or another rule reads; words and sentences are read by people. */
  private static final Pattern CODE = Pattern.compile("\"(?![A-Z][a-z]+\")[\\w.-]+\"");

  private BrokenCells() {}

  /**
   * A file with one broken cell.
   *
   * @param cell id of the cell
   * @param was what stood there
   * @param is what stands there now
   */
  record Broken(String cell, String was, String is, String text) {

    String words() {
      return "%s: '%s' for '%s'".formatted(cell, is, was);
    }
  }

  /**
   * Each limit moved across its boundary, each end of a range, each condition or one of its values
   * left out, and each answer that is no sentence changed.
   */
  static List<Broken> of(String file) {
    List<Broken> broken = new ArrayList<>();
    Matcher cell = CELL.matcher(file);
    while (cell.find()) {
      String text = cell.group(3);
      for (String other : cell.group(1).equals("input") ? conditions(text) : answers(text)) {
        broken.add(
            new Broken(
                cell.group(2),
                plain(text),
                plain(other),
                file.substring(0, cell.start(3)) + other + file.substring(cell.end(3))));
      }
    }
    return broken;
  }

  private static List<String> conditions(String cell) {
    List<String> others = new ArrayList<>();
    if (!cell.isBlank()) {
      others.add("");
    }
    COMPARISON.matcher(cell).results().forEach(at -> others.add(put(cell, at, MOVED)));
    RANGE.matcher(cell).results().forEach(at -> others.add(put(cell, at, OPENED)));
    if (!cell.contains("(")) {
      others.addAll(withoutOne(cell.split(NEXT_VALUE), NEXT_VALUE));
    }
    others.addAll(withoutOne(cell.split(OR), OR));
    return others;
  }

  private static List<String> withoutOne(String[] parts, String between) {
    return parts.length == 1
        ? List.of()
        : IntStream.range(0, parts.length)
            .mapToObj(
                left ->
                    IntStream.range(0, parts.length)
                        .filter(each -> each != left)
                        .mapToObj(each -> parts[each])
                        .collect(Collectors.joining(between)))
            .toList();
  }

  private static List<String> answers(String cell) {
    if (cell.isBlank() || cell.equals("null")) {
      return List.of();
    }
    if (List.of("true", "false").contains(cell)) {
      return List.of(String.valueOf(!Boolean.parseBoolean(cell)));
    }
    if (cell.startsWith("\"")) {
      return CODE.matcher(cell).matches() ? List.of("\"broken\"") : List.of();
    }
    return List.of("null");
  }

  private static String put(String cell, MatchResult at, Map<String, String> instead) {
    return cell.substring(0, at.start()) + instead.get(at.group()) + cell.substring(at.end());
  }

  private static String plain(String cell) {
    return cell.replace("&gt;", ">").replace("&lt;", "<");
  }
}
