package org.carepathway.content;

import java.util.Map;
import org.springframework.stereotype.Component;

/** The scenarios that lie beside the content; they belong to its present version. */
@Component
public class ScenarioFiles {

  private final ContentSettings settings;

  ScenarioFiles(ContentSettings settings) {
    this.settings = settings;
  }

  /** Name to YAML, in the order of the names; empty where the content came without them. */
  public Map<String, String> of(String pathway) {
    return ContentFolder.scenarios(settings.location(), pathway);
  }
}
