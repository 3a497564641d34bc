package org.carepathway.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;

/** Results: each OBR is a report, each OBX a value, a part of its text, or a file of it. */
final class Results {

  private static final int CODE = 3;
  private static final int SUB_ID = 4;
  private static final int STATUS = 11;
  private static final int REPORT_STATUS = 25;

  private Results() {}

  static List<Statement> of(Telling telling) {
    List<List<Hl7Segment>> groups = telling.message().groups("OBR", "OBR").stream().toList();
    if (groups.isEmpty()) {
      throw Hl7Refusal.at(
          new Place("OBR", 1, 0, 0), Hl7Refusal.Fault.SEQUENCE, "The segment OBR is missing");
    }
    List<Statement> all = new ArrayList<>();
    groups.forEach(group -> all.addAll(report(telling, group)));
    return all;
  }

  private static List<Statement> report(Telling telling, List<Hl7Segment> group) {
    Hl7Segment order = group.get(0);
    Identifier number =
        telling
            .number(group, "OBR-3", "OBR-2")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        order, 3, Hl7Refusal.Fault.MISSING, "The number of the order is missing"));
    Hl7Field done =
        order
            .first(4)
            .filter(field -> !field.named().isEmpty())
            .orElseThrow(
                () ->
                    Hl7Refusal.at(order, 4, Hl7Refusal.Fault.MISSING, "What was done is missing"));
    String key = telling.key(number) + '\n' + done.named();
    List<Statement> values = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < group.size(); i++) {
      Hl7Segment line = group.get(i);
      if (line.name().equals("OBX") && ReportLines.isValue(line)) {
        Statement value = value(telling, order, line, notes(group, i), key, seen);
        values.add(value);
        ids.add(value.id());
      }
    }
    values.add(
        Statement.of("DiagnosticReport", List.of(key), known -> fill(telling, group, ids, known)));
    return values;
  }

  /** The same test of the same order is the same observation: a correction changes it. */
  private static Statement value(
      Telling telling,
      Hl7Segment order,
      Hl7Segment line,
      List<Hl7Segment> notes,
      String key,
      Set<String> seen) {
    Hl7Field code =
        line.first(CODE)
            .filter(field -> !field.named().isEmpty())
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        line, CODE, Hl7Refusal.Fault.MISSING, "What was observed is missing"));
    String own = key + '\n' + code.named() + '\n' + line.text(SUB_ID).orElse("");
    String unique = own;
    for (int i = 2; !seen.add(unique); i++) {
      unique = own + '\n' + i;
    }
    List<Hl7Segment> segments = new ArrayList<>(List.of(line, order));
    segments.addAll(notes);
    return Statement.of(
        "Observation",
        List.of(unique),
        known -> {
          Observation observation = (Observation) known;
          observation.setValue(null);
          telling.fill(observation, segments);
          if (!observation.hasStatus()) {
            throw Hl7Refusal.at(
                line, STATUS, Hl7Refusal.Fault.MISSING, "The status of the result is missing");
          }
        });
  }

  private static List<Hl7Segment> notes(List<Hl7Segment> group, int at) {
    List<Hl7Segment> notes = new ArrayList<>();
    for (int i = at + 1; i < group.size() && !group.get(i).name().equals("OBX"); i++) {
      if (group.get(i).name().equals("NTE")) {
        notes.add(group.get(i));
      }
    }
    return notes;
  }

  private static void fill(
      Telling telling, List<Hl7Segment> group, List<String> values, Resource known) {
    DiagnosticReport report = (DiagnosticReport) known;
    telling.fill(report, List.of(group.get(0)));
    ReportLines lines = new ReportLines(group);
    if (group.get(0).text(REPORT_STATUS).isEmpty()) {
      report.setStatus(
          lines.areFinal() ? DiagnosticReportStatus.FINAL : DiagnosticReportStatus.UNKNOWN);
    }
    report.setResult(null);
    values.forEach(id -> report.addResult().setReference("Observation/" + id));
    report.setPresentedForm(null);
    report.setConclusion(null);
    lines
        .text()
        .ifPresent(
            text -> {
              report
                  .addPresentedForm()
                  .setContentType("text/plain; charset=utf-8")
                  .setData(text.getBytes(StandardCharsets.UTF_8));
              report.setConclusion(lines.impression().orElse(text));
            });
    lines.files().forEach(line -> report.addPresentedForm(EncodedFile.of(line)));
  }
}
