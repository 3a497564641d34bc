package org.carepathway.content;

import java.util.Collection;
import java.util.List;

/** Which of the files of the content are those of one pathway, by the folders they are in. */
final class PathwayFiles {

  private PathwayFiles() {}

  /** The keys of the pathways that have a folder under {@code bpmn/}. */
  static List<String> keys(Collection<ContentFile> files) {
    return files.stream()
        .filter(file -> file.isIn("bpmn"))
        .map(file -> file.path().split("/")[1])
        .distinct()
        .toList();
  }

  /**
   * Files of one pathway: its models and its FHIR content, without examples, translations and base.
   * A translation can be mended without a new version.
   */
  static List<ContentFile> of(String key, Collection<ContentFile> files) {
    return files.stream()
        .filter(file -> file.isIn("bpmn/" + key) || file.isIn("fhir-profiles/" + key))
        .filter(file -> !file.path().contains("/examples/") && !file.isOf("translation"))
        .toList();
  }

  static String plan(String key) {
    return "fhir-profiles/%s/PlanDefinition/%s.json".formatted(key, key);
  }
}
