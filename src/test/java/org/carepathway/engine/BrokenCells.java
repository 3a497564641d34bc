package org.carepathway.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cells of decision tables, each broken in the ways in which a slip of the pen breaks it. */
final class BrokenCells {

  /** As Camunda Modeler writes it; cells of outputs are left alone. */
  private static final Pattern CELL =
      Pattern.compile("<inputEntry id=\"([^\"]+)\">\\s*<text>([^<]*)</text>");

  private static final Pattern COMPARISON = Pattern.compile("(?:&gt;|&lt;)=?");
  private static final Map<String, String> MOVED =
      Map.of("&gt;=", "&gt;", "&gt;", "&gt;=", "&lt;=", "&lt;", "&lt;", "&lt;=");
  private static final Pattern RANGE =
      Pattern.compile("[\\[(](?=[^\\[(]*\\.\\.)|(?<=\\.\\.[^)\\]]{1,60})[)\\]]");
  private static final Map<String, String> OPENED = Map.of("[", "(", "(", "[", ")", "]", "]", ")");
  private static final Pattern UNKNOWN = Pattern.compile("null, ");

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

  /** Each limit moved across its boundary, each end of a range, and each unknown no longer met. */
  static List<Broken> of(String file) {
    List<Broken> broken = new ArrayList<>();
    Matcher cell = CELL.matcher(file);
    while (cell.find()) {
      for (String other : others(cell.group(2))) {
        broken.add(
            new Broken(
                cell.group(1),
                plain(cell.group(2)),
                plain(other),
                file.substring(0, cell.start(2)) + other + file.substring(cell.end(2))));
      }
    }
    return broken;
  }

  private static List<String> others(String cell) {
    List<String> others = new ArrayList<>();
    COMPARISON.matcher(cell).results().forEach(at -> others.add(put(cell, at, MOVED)));
    RANGE.matcher(cell).results().forEach(at -> others.add(put(cell, at, OPENED)));
    UNKNOWN.matcher(cell).results().forEach(at -> others.add(put(cell, at, Map.of("null, ", ""))));
    return others;
  }

  private static String put(String cell, MatchResult at, Map<String, String> instead) {
    return cell.substring(0, at.start()) + instead.get(at.group()) + cell.substring(at.end());
  }

  private static String plain(String cell) {
    return cell.replace("&gt;", ">").replace("&lt;", "<");
  }
}
