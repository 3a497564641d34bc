package org.carepathway.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Resources to begin with: the examples of the profiles, the synthetic patients, and where they are
 * at hand (profile fuzz) the test cases of FHIR's own validator, of which many are odd already.
 *
 * @param xml texts, as they are
 */
record Seeds(List<JsonNode> resources, List<String> xml) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 60_000;
  private static final String CASES = "classpath*:org/hl7/fhir/testcases/%s";

  /** Nobody sends these: each would be refused for its type alone. */
  private static final Set<String> OF_CONTENT =
      Set.of(
          "StructureDefinition",
          "ValueSet",
          "CodeSystem",
          "ConceptMap",
          "StructureMap",
          "ImplementationGuide",
          "OperationOutcome");

  static Seeds read() throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (Path folder : List.of(Path.of("fhir-profiles"), Path.of("src/test/resources/patients"))) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file :
            files
                .filter(path -> path.toString().endsWith(".json"))
                .filter(path -> !path.toString().contains("translation"))
                .sorted()
                .toList()) {
          add(JSON.readTree(file.toFile()), found);
        }
      }
    }
    add(JSON.readTree(Path.of("src/main/resources/demo/referral.json").toFile()), found);
    for (String json :
        List.of("r4/examples/*.json", "validator/*.json", "validator/questionnaire/*.json")) {
      for (Resource resource : cases(json)) {
        try {
          add(JSON.readTree(resource.getInputStream()), found);
        } catch (JsonProcessingException broken) {
          // Some are broken on purpose; we break ours ourselves.
          continue;
        }
      }
    }
    return new Seeds(found, texts());
  }

  private static List<String> texts() throws IOException {
    List<String> found = new ArrayList<>();
    found.add(
        "<Patient xmlns=\"http://hl7.org/fhir\"><active value=\"true\"/><name><family value=\"Ipsum\"/></name></Patient>");
    for (String xml : List.of("r4/examples/*.xml", "validator/*.xml")) {
      for (Resource resource : cases(xml)) {
        String text = resource.getContentAsString(StandardCharsets.UTF_8);
        if (text.length() < LARGEST) {
          found.add(text);
        }
      }
    }
    return found;
  }

  private static Resource[] cases(String pattern) throws IOException {
    return new PathMatchingResourcePatternResolver().getResources(CASES.formatted(pattern));
  }

  private static void add(JsonNode resource, List<JsonNode> found) {
    if (resource.path("resourceType").asText().equals("Bundle")) {
      resource.path("entry").forEach(entry -> add(entry.path("resource"), found));
    } else if (resource.has("resourceType")
        && !OF_CONTENT.contains(resource.path("resourceType").asText())
        && resource.toString().length() < LARGEST) {
      found.add(resource);
    }
  }
}
