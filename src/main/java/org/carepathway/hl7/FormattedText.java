package org.carepathway.hl7;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formatting commands in text (HL7 2.7 chapter 2.7) as plain text: lines stay lines. */
final class FormattedText {

  private static final String NO_DIGITS = "[^0-9A-Fa-f]";

  private FormattedText() {}

  static String plain(String text, EncodingCharacters encoding) {
    String escape = Pattern.quote(String.valueOf(encoding.getEscapeCharacter()));
    String lines =
        text.replaceAll(escape + "\\.(br|sp\\+?\\d*|ce|sk\\d*)" + escape, "\n")
            .replaceAll(escape + "(H|N|\\.(fi|nf|in[+-]?\\d*|ti[+-]?\\d*))" + escape, "");
    return bytes(lines, encoding).replace("\r\n", "\n").replace('\r', '\n');
  }

  /**
   * What was sent as numbers of bytes (chapter 2.7.5). Neither HL7 nor the sender says of which
   * character set: those that are UTF-8 are, others are 8859/1, of which they are seldom both.
   */
  static String bytes(String text, EncodingCharacters encoding) {
    String escape = Pattern.quote(String.valueOf(encoding.getEscapeCharacter()));
    return Pattern.compile("(?:" + escape + "X(?:[0-9A-Fa-f]{2})+" + escape + ")+")
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    decoded(HexFormat.of().parseHex(found.group().replaceAll(NO_DIGITS, "")))));
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
