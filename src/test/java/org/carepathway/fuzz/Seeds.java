package org.carepathway.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Valid resources to begin with: the examples of the profiles and the synthetic patients. */
record Seeds(List<JsonNode> resources) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LARGEST = 60_000;

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
    return new Seeds(found);
  }

  private static void add(JsonNode resource, List<JsonNode> found) {
    if (resource.path("resourceType").asText().equals("Bundle")) {
      resource.path("entry").forEach(entry -> add(entry.path("resource"), found));
    } else if (resource.has("resourceType") && resource.toString().length() < LARGEST) {
      found.add(resource);
    }
  }
}
