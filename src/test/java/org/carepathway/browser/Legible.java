package org.carepathway.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What cannot be read or used on a page as it stands, without hovering: see {@code legible.js}. */
final class Legible {

  private static final List<Integer> WIDTHS = List.of(1280, 1600);
  private static final String SCRIPT = script();

  private Legible() {}

  /** What is cut, lies over something else or leaves the page, at the widths of a desk. */
  static List<String> missing(Page page, String where) {
    return WIDTHS.stream().flatMap(width -> missing(page, where, width).stream()).toList();
  }

  private static List<String> missing(Page page, String where, int width) {
    page.setViewportSize(width, 800);
    return ((List<?>) page.evaluate(SCRIPT))
        .stream().map(each -> "%s, %d px: %s".formatted(where, width, each)).toList();
  }

  private static String script() {
    try (InputStream file = Legible.class.getResourceAsStream("/legible.js")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
