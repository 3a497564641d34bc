package org.carepathway.delivery;

/** Writes segments of HL7 v2 with the usual separators; what is written as text is escaped. */
final class V2Text {

  private final StringBuilder text = new StringBuilder();

  /** A field is written as it is, a component or plain text by {@link #plain}. */
  V2Text segment(String name, String... fields) {
    int last = fields.length;
    while (last > 0 && fields[last - 1].isEmpty()) {
      last--;
    }
    text.append(name);
    for (int i = 0; i < last; i++) {
      text.append('|').append(fields[i]);
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

  @Override
  public String toString() {
    return text.toString();
  }
}
