package org.carepathway.operations;

import java.util.List;
import java.util.stream.Stream;

/**
 * Content as it came, line by line, for people to read: control characters are visible, long lines
 * and many of them are cut.
 *
 * @param cut whether there is more than is shown
 */
record RawText(List<String> lines, boolean cut) {

  private static final int LONGEST = 2000;
  private static final int MOST = 500;

  /** Where Unicode has pictures of the control characters. */
  private static final int PICTURES = 0x2400;

  private static final int DELETE = 0x7f;
  private static final int PICTURE_OF_DELETE = 0x2421;

  static RawText of(String content) {
    List<String> all = Stream.of(content.stripTrailing().split("\r\n?|\n", MOST + 1)).toList();
    boolean cut = all.size() > MOST || all.stream().anyMatch(line -> line.length() > LONGEST);
    return new RawText(all.stream().limit(MOST).map(RawText::shown).toList(), cut);
  }

  /** A line, or a text whose ends of lines stay. */
  static String shown(String line) {
    StringBuilder text = new StringBuilder();
    line.codePoints()
        .limit(LONGEST)
        .forEach(
            character -> {
              if (character < ' ' && character != '\n') {
                text.appendCodePoint(PICTURES + character);
              } else if (character == DELETE) {
                text.appendCodePoint(PICTURE_OF_DELETE);
              } else if (isUnseen(character)) {
                text.append("<U+%04X>".formatted(character));
              } else {
                text.appendCodePoint(character);
              }
            });
    return line.length() > LONGEST ? text.append('\u2026').toString() : text.toString();
  }

  /** Also what turns the direction of text, and so could show it as something else. */
  private static boolean isUnseen(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL || type == Character.FORMAT;
  }
}
