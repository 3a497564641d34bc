package org.carepathway.hl7;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formatting commands in text (HL7 2.7 chapter 2.7) as plain text: lines stay lines. */
final class FormattedText {

  private FormattedText() {}

  static String plain(String text, EncodingCharacters encoding) {
    String escape = Pattern.quote(String.valueOf(encoding.getEscapeCharacter()));
    String lines =
        text.replaceAll(escape + "\\.(br|sp\\+?\\d*|ce|sk\\d*)" + escape, "\n")
            .replaceAll(escape + "(H|N|\\.(fi|nf|in[+-]?\\d*|ti[+-]?\\d*))" + escape, "");
    Matcher hex = Pattern.compile(escape + "X((?:[0-9A-Fa-f]{2})+)" + escape).matcher(lines);
    return hex.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    new String(
                        HexFormat.of().parseHex(found.group(1)), StandardCharsets.ISO_8859_1)))
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }
}
