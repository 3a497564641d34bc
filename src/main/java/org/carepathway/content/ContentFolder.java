package org.carepathway.content;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.startup.StartUpException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Reads the files of the content's location, from a jar or a folder. */
final class ContentFolder {

  /** No scenario: it names the flows that none takes. */
  private static final String UNCOVERED = "uncovered";

  private static final List<String> KINDS =
      List.of(
          "bpmn/*/*.bpmn",
          "bpmn/*/*.dmn",
          "bpmn/*/policy.yaml",
          "bpmn/*/cards.yaml",
          "bpmn/*/sent.yaml",
          "bpmn/*/waiting.yaml",
          "fhir-profiles/**/*.json",
          "fhir-profiles/*/text/*.md",
          "fhir-profiles/*/translation/*.yaml");

  /** Translations of what the service itself says. */
  private static final String OWN = "classpath*:/translation/*.yaml";

  private ContentFolder() {}

  /**
   * All content files in a fixed order.
   *
   * @throws StartUpException when the location has none or cannot be read
   */
  static List<ContentFile> read(String location) {
    try {
      List<ContentFile> files = new ArrayList<>();
      for (String kind : KINDS) {
        for (Resource resource :
            new PathMatchingResourcePatternResolver().getResources(location + "/" + kind)) {
          files.add(
              new ContentFile(path(resource), resource.getContentAsString(StandardCharsets.UTF_8)));
        }
      }
      if (files.isEmpty()) {
        throw unreadable(location, "it has no bpmn/ and fhir-profiles/ files", null);
      }
      files.sort(Comparator.comparing(ContentFile::path));
      return files;
    } catch (IOException e) {
      throw unreadable(location, e.getMessage(), e);
    }
  }

  /** The translations that belong to the service, whatever the content is. */
  static List<ContentFile> ownTranslations() {
    try {
      List<ContentFile> files = new ArrayList<>();
      for (Resource resource : new PathMatchingResourcePatternResolver().getResources(OWN)) {
        files.add(
            new ContentFile(
                "translation/" + resource.getFilename(),
                resource.getContentAsString(StandardCharsets.UTF_8)));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scenarios of a pathway, name to YAML; they are no part of what patients are on. */
  static Map<String, String> scenarios(String location, String key) {
    Map<String, String> scenarios = new TreeMap<>();
    try {
      for (Resource resource :
          new PathMatchingResourcePatternResolver()
              .getResources("%s/bpmn/%s/scenarios/*.yaml".formatted(location, key))) {
        scenarios.put(
            resource.getFilename().replace(".yaml", ""),
            resource.getContentAsString(StandardCharsets.UTF_8));
      }
      scenarios.remove(UNCOVERED);
      return scenarios;
    } catch (FileNotFoundException none) {
      return scenarios;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(Resource resource) throws IOException {
    String url = resource.getURL().toString();
    int start = Math.max(url.lastIndexOf("/bpmn/"), url.lastIndexOf("/fhir-profiles/"));
    return url.substring(start + 1);
  }

  private static StartUpException unreadable(String location, String why, Throwable cause) {
    return new StartUpException(
        "The content at %s cannot be read: %s.".formatted(location, why),
        "Set carepathway.content.location to a folder with bpmn/ and fhir-profiles/.",
        cause);
  }
}
