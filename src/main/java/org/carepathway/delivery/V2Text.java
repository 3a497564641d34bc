package org.carepathway.delivery;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** Writes segments of HL7 v2 with the usual separators; what is written as text is escaped. */
final class V2Text {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

  private static final Map<String, String> SYSTEMS =
      Map.of("http://loinc.org", "LN", "http://snomed.info/sct", "SCT");

  private final StringBuilder text = new StringBuilder();
  private final ZoneId zone;

  V2Text(ZoneId zone) {
    this.zone = zone;
  }

  /** A segment whose fields are named by their numbers. */
  static final class Segment {

    private final String name;
    private final TreeMap<Integer, String> fields = new TreeMap<>();

    private Segment(String name) {
      this.name = name;
    }

    /**
     * @param value as it stands there, see {@link #plain}; empty for nothing
     */
    Segment field(int number, String value) {
      if (!value.isEmpty()) {
        fields.put(number, value);
      }
      return this;
    }
  }

  static Segment segment(String name) {
    return new Segment(name);
  }

  V2Text add(Segment segment) {
    text.append(segment.name);
    int last = segment.fields.isEmpty() ? 0 : segment.fields.lastKey();
    for (int number = 1; number <= last; number++) {
      text.append('|').append(segment.fields.getOrDefault(number, ""));
    }
    text.append('\r');
    return this;
  }

  /** Text as it may stand in a field (HL7 v2.5.1 chapter 2.7). */
  static String plain(String value) {
    return value == null
        ? ""
        : value
            .replace("\\", "\\E\\")
            .replace("|", "\\F\\")
            .replace("^", "\\S\\")
            .replace("~", "\\R\\")
            .replace("&", "\\T\\")
            .replaceAll("\r\n?|\n", "\\\\.br\\\\")
            .replaceAll("\\p{Cntrl}", " ");
  }

  static String components(String... values) {
    int last = values.length;
    while (last > 0 && (values[last - 1] == null || values[last - 1].isEmpty())) {
      last--;
    }
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < last; i++) {
      field.append(i == 0 ? "" : "^").append(plain(values[i]));
    }
    return field.toString();
  }

  static String concept(CodeableConcept concept) {
    Coding coding = concept.getCodingFirstRep();
    String said = concept.hasText() ? concept.getText() : coding.getDisplay();
    return coding.hasCode()
        ? components(
            coding.getCode(), said, SYSTEMS.getOrDefault(String.valueOf(coding.getSystem()), "L"))
        : components(said);
  }

  String time(Date date) {
    return date == null ? "" : time(date.toInstant());
  }

  String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
