package org.carepathway.hl7;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text and files of a report or document, of its OBX.
 *
 * @param group the segments among which they are
 */
record ReportLines(List<Hl7Segment> group) {

  private static final Set<String> TEXT = Set.of("TX", "FT");
  private static final Set<String> FILE = Set.of("ED", "RP");
  private static final Set<String> FINAL = Set.of("F", "C", "U");

  /** Deleted, of another patient, not obtained, not asked for (HL7 table 0085). */
  private static final Set<String> TAKEN_BACK = Set.of("D", "W", "X", "N");

  private static final int TYPE = 2;
  private static final int CODE = 3;
  private static final int VALUE = 5;
  private static final int STATUS = 11;

  /** Whether an OBX is a value of its own, and no part of the report. */
  static boolean isValue(Hl7Segment line) {
    String type = line.text(TYPE).orElse("");
    return !TEXT.contains(type) && !FILE.contains(type);
  }

  /** What stands: a line that was taken back is no part of the report. */
  private Stream<Hl7Segment> lines() {
    return group.stream()
        .filter(line -> line.name().equals("OBX"))
        .filter(line -> line.text(STATUS).filter(TAKEN_BACK::contains).isEmpty());
  }

  /** Whether a report that does not say how it stands is final: once all that it has is. */
  boolean areFinal() {
    List<Hl7Segment> lines = lines().toList();
    return !lines.isEmpty()
        && lines.stream().allMatch(line -> line.text(STATUS).filter(FINAL::contains).isPresent());
  }

  /** The lines that hold a file. */
  Stream<Hl7Segment> files() {
    return lines().filter(line -> line.text(TYPE).filter(FILE::contains).isPresent());
  }

  /** The lines of text in their order. */
  Optional<String> text() {
    return text(false);
  }

  /**
   * Those that the sender marks as the impression (OBX-3 with the suffix IMP, 2.7 chapter 7.1.4).
   */
  Optional<String> impression() {
    return text(true);
  }

  private Optional<String> text(boolean impression) {
    String text =
        lines()
            .filter(line -> line.text(TYPE).filter(TEXT::contains).isPresent())
            .filter(line -> !impression || isImpression(line))
            .flatMap(line -> line.field(VALUE).stream())
            .map(Hl7Field::whole)
            .collect(Collectors.joining("\n"));
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  private static boolean isImpression(Hl7Segment line) {
    return line.first(CODE).filter(code -> "IMP".equals(code.part(1, 2))).isPresent();
  }
}
