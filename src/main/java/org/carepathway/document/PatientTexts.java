package org.carepathway.document;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.carepathway.content.PathwayContent;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.stereotype.Component;

/** The texts of a pathway for its patients, in their language where there is one. */
@Component
public class PatientTexts {

  private static final String FRONT_MATTER = "(?s)^---\\n.*?\\n---\\n";

  private final Parser parser = Parser.builder().build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

  /** Names of the texts, such as {@code discharge}. */
  public List<String> names(PathwayContent content) {
    TreeSet<String> names = new TreeSet<>();
    content.texts().keySet().forEach(file -> names.add(file.substring(0, file.indexOf('.'))));
    return List.copyOf(names);
  }

  /** A text as safe HTML; in English where the language has none, empty where English has none. */
  public Optional<String> html(PathwayContent content, String name, Locale language) {
    return Optional.ofNullable(content.texts().get(name + '.' + language.getLanguage()))
        .or(() -> Optional.ofNullable(content.texts().get(name + ".en")))
        .map(text -> text.replace("\r\n", "\n").replaceFirst(FRONT_MATTER, ""))
        .map(this::html);
  }

  /** A heading is kept on one page with what it is for. */
  String html(String markdown) {
    StringBuilder html = new StringBuilder();
    boolean kept = false;
    for (Node node = parser.parse(markdown).getFirstChild(); node != null; node = node.getNext()) {
      boolean heading = node instanceof Heading;
      if (heading && !kept) {
        html.append("<div class=\"keep\">");
      }
      html.append(renderer.render(node));
      if (!heading && kept) {
        html.append("</div>");
      }
      kept = heading;
    }
    return kept ? html.append("</div>").toString() : html.toString();
  }
}
