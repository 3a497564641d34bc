package org.carepathway.book;

import java.util.LinkedHashMap;
import java.util.Map;
import org.carepathway.content.PathwayContent;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/** Makes the book of a version of a pathway from what the service has read of it. */
@Component
public class Bookbinding {

  private final FhirPaths paths;

  public Bookbinding(FhirPaths paths) {
    this.paths = paths;
  }

  /**
   * @param scenarios name to YAML; empty where they are not kept
   * @param inherits title of the pathway that it inherits from; null for none
   */
  public Book bind(
      PathwayContent content, Map<String, String> scenarios, String inherits, Language language) {
    return new Chapters(content, paths, language).book(new LinkedHashMap<>(scenarios), inherits);
  }
}
