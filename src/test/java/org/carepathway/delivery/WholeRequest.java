package org.carepathway.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers a request of HTTP with its body, or a message of MLLP. */
final class WholeRequest {

  private static final char BEGIN = 0x0B;
  private static final String END = "\u001c\r";
  private static final String HEAD_END = "\r\n\r\n";
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  boolean isComplete(byte[] buffer, int length) {
    bytes.write(buffer, 0, length);
    String text = text();
    if (isMessage(text)) {
      return text.endsWith(END);
    }
    int head = text.indexOf(HEAD_END);
    return head > 0 && text.length() >= head + HEAD_END.length() + body(text.substring(0, head));
  }

  private static int body(String head) {
    Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** All but a POST that is no search and has no condition. */
  boolean mayBeRepeated() {
    String text = text();
    return isMessage(text)
        || !text.startsWith("POST ")
        || text.startsWith("POST /fhir/") && text.contains("/_search")
        || text.toLowerCase(Locale.ROOT).contains("\r\nif-none-exist:");
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void forget() {
    bytes.reset();
  }

  /** A character for each byte. */
  private String text() {
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean isMessage(String text) {
    return !text.isEmpty() && text.charAt(0) == BEGIN;
  }
}
