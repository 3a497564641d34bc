package org.carepathway.i18n;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.attoparser.simple.AbstractSimpleMarkupHandler;

/** Finds what a template shows in words of its own instead of a message's. */
final class VisibleText extends AbstractSimpleMarkupHandler {

  private static final Set<String> READ = Set.of("aria-label", "title", "placeholder", "alt");

  private final List<String> found = new ArrayList<>();
  private final Deque<Boolean> replaced = new ArrayDeque<>();

  List<String> found() {
    return found;
  }

  @Override
  public void handleOpenElement(String name, Map<String, String> attributes, int line, int column) {
    look(attributes, line);
    replaced.push(
        name.equals("style") || isReplaced(attributes) || Boolean.TRUE.equals(replaced.peek()));
  }

  @Override
  public void handleStandaloneElement(
      String name, Map<String, String> attributes, boolean minimized, int line, int column) {
    look(attributes, line);
  }

  @Override
  public void handleCloseElement(String name, int line, int column) {
    replaced.pop();
  }

  @Override
  public void handleText(char[] buffer, int offset, int length, int line, int column) {
    String text = new String(buffer, offset, length).strip();
    if (!Boolean.TRUE.equals(replaced.peek()) && text.matches("(?s).*\\p{L}.*")) {
      found.add(line + ": " + text);
    }
  }

  private void look(Map<String, String> attributes, int line) {
    if (attributes != null) {
      attributes.forEach(
          (name, value) -> {
            if (READ.contains(name) && value != null && value.matches(".*\\p{L}.*")) {
              found.add(line + ": " + value);
            }
          });
    }
  }

  private static boolean isReplaced(Map<String, String> attributes) {
    return attributes != null
        && (attributes.containsKey("th:text") || attributes.containsKey("th:replace"));
  }
}
