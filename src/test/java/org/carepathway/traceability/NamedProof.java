package org.carepathway.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A proof that claims.yaml names: a form's question or rule, a text, an example or a test. */
final class NamedProof {

  private static final Path CONTENT = Path.of("fhir-profiles/vertebroplasty");
  private static final Path TESTS = Path.of("src/test/java/org/carepathway");

  private NamedProof() {}

  static boolean exists(String proof) throws IOException {
    String[] kindAndName = proof.split(" ", 2);
    String[] parts = (kindAndName[1] + '#').split("#", -1);
    return switch (kindAndName[0]) {
      case "form" -> asks(CONTENT.resolve("Questionnaire/" + parts[0] + ".json"), parts[1]);
      case "text" -> Files.exists(CONTENT.resolve("text/" + parts[0] + ".en.md"));
      case "example" ->
          Stream.of("valid", "invalid")
              .anyMatch(
                  kind ->
                      Files.exists(CONTENT.resolve("examples/" + kind + '/' + parts[0] + ".json")));
      case "test" -> tests(TESTS.resolve(parts[0].replace('.', '/') + ".java"), parts[1]);
      default -> false;
    };
  }

  private static boolean asks(Path form, String id) throws IOException {
    String text = Files.readString(form);
    return text.contains("\"linkId\": \"" + id + '"')
        || text.contains("\"valueId\": \"" + id + '"');
  }

  private static boolean tests(Path file, String method) throws IOException {
    return Files.exists(file) && Files.readString(file).contains(method + "(");
  }
}
