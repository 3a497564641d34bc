package org.carepathway.caseload.web;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.carepathway.caseload.Case;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.springframework.stereotype.Component;

/** The list as a file for a spreadsheet: RFC 4180, with the mark that tells Excel of UTF-8. */
@Component
class CaseTable {

  private static final String UTF_8 = "\ufeff";

  private static final List<String> COLUMNS =
      List.of(
          "column.patient",
          "patient.born",
          "patient.mrn",
          "column.pathway",
          "column.stage",
          "caseload.stage-since",
          "caseload.next",
          "column.role",
          "column.owner",
          "column.due",
          "caseload.since",
          "caseload.until",
          "waited.state",
          "waited.days",
          "waited.until",
          "caseload.coordinator",
          "caseload.stuck",
          "column.started",
          "patient.ended",
          "caseload.outcome");

  private final Dates dates;
  private final Texts texts;

  CaseTable(Dates dates, Texts texts) {
    this.dates = dates;
    this.texts = texts;
  }

  String of(List<CaseLine> lines) {
    StringWriter file = new StringWriter().append(UTF_8);
    try (CSVPrinter printer = new CSVPrinter(file, CSVFormat.RFC4180)) {
      printer.printRecord(COLUMNS.stream().map(texts::message));
      for (CaseLine line : lines) {
        printer.printRecord(cells(line).map(CaseTable::harmless));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toString();
  }

  private Stream<String> cells(CaseLine line) {
    Case one = line.one();
    Case.Next next = one.next();
    return Stream.of(
        one.who().name(),
        one.who().born() == null ? "" : one.who().born().toString(),
        one.who().mrn(),
        line.pathway(),
        line.stage(),
        one.stage() == null ? "" : at(one.stage().since()),
        next == null ? line.waitsFor() : texts.of(next.title()),
        next == null ? "" : texts.message("role." + next.role()),
        next == null ? "" : next.owner(),
        next == null ? "" : at(next.due()),
        next == null ? "" : at(next.since()),
        one.pause() == null ? "" : at(one.pause().until()),
        one.waited() == null ? "" : texts.message("waited." + one.waited().state()),
        one.waited() == null ? "" : Integer.toString(one.waited().days()),
        one.waited() == null ? "" : at(one.waited().breach()),
        one.coordinator(),
        line.troubles().stream()
            .map(trouble -> texts.message("trouble." + trouble))
            .reduce((first, second) -> first + ", " + second)
            .orElse(""),
        at(one.started()),
        at(one.ended()),
        one.outcome() == null ? "" : texts.message("outcome." + one.outcome()));
  }

  private String at(Instant instant) {
    return instant == null ? "" : dates.exact(instant);
  }

  /** A spreadsheet would work out what begins like a formula: a mark in front makes it text. */
  private static String harmless(String cell) {
    String text = Objects.requireNonNullElse(cell, "");
    return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
  }
}
