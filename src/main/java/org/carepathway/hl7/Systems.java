package org.carepathway.hl7;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;

/**
 * What systems of codes and of numbers are called in FHIR ({@code systems.csv}). One without a row
 * gets an address of ours made of its name, so that two systems are never taken for one.
 */
final class Systems {

  private static final String FILE = "systems.csv";
  private static final String CODES = "https://carepathway.org/fhir/hl7v2/code-system/";
  private static final String NUMBERS = "https://carepathway.org/fhir/hl7v2/authority/";

  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, String> numbers = new HashMap<>();

  private Systems() {}

  static Systems of(MappingFiles files) {
    Systems systems = new Systems();
    for (CSVRecord row : files.read(FILE)) {
      String where = files.path(FILE) + " row " + row.getRecordNumber();
      MappingProblem.require(
          row.get("kind").matches("code|number"), where, "The kind of a system is code or number.");
      MappingProblem.require(
          row.get("system").matches("[a-z]+:\\S+"),
          where,
          "The system is to be a URI, such as urn:oid:1.2.3 or https://ehr.example.org/mrn.");
      (row.get("kind").equals("code") ? systems.codes : systems.numbers)
          .put(row.get("name"), row.get("system"));
    }
    return systems;
  }

  /**
   * @param name of HL7 table 0396; null where the sender says none
   */
  String ofCodes(String name) {
    return name == null ? null : codes.getOrDefault(name, CODES + plain(name));
  }

  /**
   * Who gives a number (HD): name, universal id, and its type.
   *
   * @return null where none of them is said
   */
  String ofNumbers(String name, String id, String type) {
    String known = name != null && numbers.containsKey(name) ? numbers.get(name) : numbers.get(id);
    if (known != null) {
      return known;
    }
    if (id != null && "ISO".equals(type)) {
      return "urn:oid:" + id;
    }
    if (id != null && "UUID".equals(type)) {
      return "urn:uuid:" + id;
    }
    if (id != null && ("URI".equals(type) || "URL".equals(type))) {
      return id;
    }
    return name == null ? null : NUMBERS + plain(name);
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9._-]", "-");
  }
}
