package org.carepathway.hl7;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The answer to a message, written from what of its header can be read: also what no parser reads
 * gets one (HL7 2.7 chapter 2.9.2). It repeats the header's names and the control id, and nothing
 * of a patient.
 */
final class Acknowledgement {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");
  private static final String STANDARD = "^~\\&";
  private static final int CONTROL_ID = 20;

  private final String separator;
  private final String encoding;
  private final String[] header;

  private Acknowledgement(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    boolean isHeader = text.length() > 8 && text.startsWith("MSH");
    separator = isHeader ? text.substring(3, 4) : "|";
    header =
        isHeader ? text.split("[\r\n]", 2)[0].split(Pattern.quote(separator), -1) : new String[0];
    String said = field(2);
    encoding = said.length() >= 4 ? said : STANDARD;
  }

  /** To a message that is kept. */
  static byte[] accepted(byte[] content, ZonedDateTime now) {
    return new Acknowledgement(content).write("AA", null, now);
  }

  static byte[] refused(byte[] content, Hl7Refusal refusal, ZonedDateTime now) {
    return new Acknowledgement(content).write(refusal.acknowledgement(), refusal, now);
  }

  private byte[] write(String code, Hl7Refusal refusal, ZonedDateTime now) {
    StringBuilder text = new StringBuilder();
    String event = field(9).contains(component()) ? field(9).split(quoted(component()))[1] : "";
    line(
        text,
        "MSH",
        encoding,
        field(5),
        field(6),
        field(3),
        field(4),
        TIME.format(now),
        "",
        "ACK" + (event.isEmpty() ? "" : component() + event + component() + "ACK"),
        UUID.randomUUID().toString().replace("-", "").substring(0, CONTROL_ID),
        field(11).isEmpty() ? "P" : field(11),
        field(12).isEmpty() ? "2.5" : field(12));
    if (refusal == null) {
      line(text, "MSA", code, field(10));
    } else {
      line(text, "MSA", code, field(10), escaped(words(refusal)));
      error(text, refusal);
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Up to 2.4 an ERR has one field, place and code. */
  private void error(StringBuilder text, Hl7Refusal refusal) {
    Place place = refusal.place();
    String where =
        String.join(
            component(), place.segment(), String.valueOf(place.occurrence()), number(place));
    Hl7Refusal.Fault fault = refusal.fault();
    if (field(12).matches("2\\.[1-4].*")) {
      String code = String.join(encoding.substring(3, 4), fault.code, fault.text, "HL70357");
      line(text, "ERR", where + component() + code);
    } else {
      String code = String.join(component(), fault.code, fault.text, "HL70357");
      line(
          text,
          "ERR",
          "",
          where,
          code,
          "E",
          "",
          "",
          escaped(words(refusal)),
          escaped(words(refusal)));
    }
  }

  private String number(Place place) {
    return place.field() == 0
        ? ""
        : place.field()
            + (place.component() == 0 ? "" : component() + "1" + component() + place.component());
  }

  private static String words(Hl7Refusal refusal) {
    return refusal.place() + ": " + refusal.getMessage();
  }

  private void line(StringBuilder text, String... fields) {
    text.append(String.join(separator, fields)).append('\r');
  }

  private String component() {
    return encoding.substring(0, 1);
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  private String escaped(String words) {
    String escape = encoding.substring(2, 3);
    return words
        .replaceAll("[\r\n]+", " ")
        .replace(escape, escape + "E" + escape)
        .replace(separator, escape + "F" + escape)
        .replace(component(), escape + "S" + escape)
        .replace(encoding.substring(1, 2), escape + "R" + escape)
        .replace(encoding.substring(3, 4), escape + "T" + escape);
  }

  /** Of the header; the separator is MSH-1 itself. */
  private String field(int number) {
    return header.length < number ? "" : header[number - 1];
  }
}
