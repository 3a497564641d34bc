package org.carepathway.hl7;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.r4.model.Coding;

/** A file of {@code codes/}: from the code of a message to one of FHIR. */
final class CodeMap {

  /** Stands for every code that has no row. */
  private static final String OTHER = "*";

  private final String path;
  private final Map<String, Coding> codes = new HashMap<>();

  private CodeMap(String path) {
    this.path = path;
  }

  static CodeMap of(MappingFiles files, String name) {
    String file = "codes/" + name + ".csv";
    CodeMap map = new CodeMap(files.path(file));
    for (CSVRecord row : files.read(file)) {
      String where = map.path + " row " + row.getRecordNumber();
      MappingProblem.require(
          row.isMapped("code") && row.isMapped("target") && row.isSet("target"),
          where,
          "A row needs a code and a target.");
      String system = row.get("system");
      Coding known =
          map.codes.put(
              row.get("code"),
              new Coding(
                  system.isEmpty() ? null : system,
                  row.get("target"),
                  row.isSet("display") && !row.get("display").isEmpty()
                      ? row.get("display")
                      : null));
      MappingProblem.require(
          known == null, where, "The code %s has a row before.".formatted(row.get("code")));
    }
    return map;
  }

  Optional<Coding> find(String code) {
    return Optional.ofNullable(codes.get(code)).map(Coding::copy);
  }

  /**
   * @throws Hl7Refusal where neither the code nor all others have a row
   */
  Coding require(Hl7Field field, String code) {
    return find(code)
        .or(() -> find(OTHER))
        .orElseThrow(
            () -> field.refusal(Hl7Refusal.Fault.UNKNOWN_VALUE, "The code has no row in " + path));
  }
}
