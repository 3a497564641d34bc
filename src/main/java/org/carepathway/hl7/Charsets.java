package org.carepathway.hl7;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Bytes to text by MSH-18 (HL7 table 0211). A name is right or the message is refused: what the
 * bytes cannot be, they are not read as.
 */
final class Charsets {

  private static final int FIELD = 18;
  private static final Map<String, Charset> NAMES = names();

  private Charsets() {}

  private static Map<String, Charset> names() {
    Map<String, Charset> names = new TreeMap<>();
    names.put("ASCII", StandardCharsets.US_ASCII);
    names.put("UNICODE UTF-8", StandardCharsets.UTF_8);
    names.put("UTF-8", StandardCharsets.UTF_8);
    for (int part : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 15}) {
      names.put("8859/" + part, Charset.forName("ISO-8859-" + part));
    }
    return names;
  }

  /**
   * @param usual what MSH-18 means where it is empty
   * @throws Hl7Refusal naming MSH-18
   */
  static String decode(byte[] content, Charset usual) {
    String plain = new String(content, StandardCharsets.ISO_8859_1);
    String said = said(plain);
    Charset charset = said.isEmpty() ? usual : NAMES.get(said);
    if (charset == null) {
      throw refusal("The character set of MSH-18 is not known; known are " + NAMES.keySet());
    }
    try {
      String text = strict(content, charset);
      if (charset != StandardCharsets.UTF_8 && !isAscii(content) && isUtf8(content)) {
        throw refusal("The bytes are UTF-8, and MSH-18 says another character set");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw refusal("The bytes are not in the character set of MSH-18 (" + charset.name() + ")");
    }
  }

  private static Hl7Refusal refusal(String text) {
    return Hl7Refusal.at(Place.header(FIELD), Hl7Refusal.Fault.TYPE, text);
  }

  /** The header is in ASCII whatever follows. */
  private static String said(String message) {
    if (message.length() < 8 || !message.startsWith("MSH")) {
      return "";
    }
    String header = message.split("[\r\n]", 2)[0];
    String[] fields = header.split(Pattern.quote(header.substring(3, 4)), -1);
    return fields.length < FIELD ? "" : fields[FIELD - 1].split("[~^]", 2)[0].strip();
  }

  private static String strict(byte[] content, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  private static boolean isAscii(byte[] content) {
    for (byte one : content) {
      if (one < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(byte[] content) {
    try {
      strict(content, StandardCharsets.UTF_8);
      return true;
    } catch (CharacterCodingException other) {
      return false;
    }
  }
}
