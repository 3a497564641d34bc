package org.carepathway.content;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A row of the table of what is sent to the hospital's systems.
 *
 * @param name of the row
 * @param resource type of the resource, such as {@code Procedure}
 * @param when FHIRPath over the resource that a step has written; sent where it holds
 * @param title what it is called, by language
 * @param text what it says in words, for systems and people that do not take the resource
 * @param by role that enters it where the EHR takes it in no other way
 * @param within how long that may take
 */
public record SentKind(
    String name,
    String resource,
    String when,
    Map<String, String> title,
    List<Line> text,
    String by,
    Duration within) {

  /** The languages of titles and labels. */
  static final List<String> LANGUAGES = List.of("en", "es");

  /**
   * A line of the text; left out where there is no value.
   *
   * @param label by language
   * @param value FHIRPath over the resource
   */
  public record Line(Map<String, String> label, String value) {}

  /** The title in a language; English where it is not there. */
  public String title(String language) {
    return title.getOrDefault(language, title.get("en"));
  }
}
