package org.carepathway.content;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.fhir.Conformance;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every conformance resource is valid; the valid examples pass, the invalid ones do not. */
class ContentExamplesTest {

  private static final Path ROOT = Path.of("fhir-profiles");
  private static final IParser PARSER = FhirContext.forR4Cached().newJsonParser();
  private static Conformance conformance;

  @BeforeAll
  static void load() {
    conformance = new Conformance(FhirContext.forR4Cached());
    conformance.add(definitions().map(ContentExamplesTest::read).toList());
  }

  @TestFactory
  Stream<DynamicTest> conformanceResourcesAreValid() {
    return definitions()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.path(), () -> assertThat(errors(read(file))).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> validExamplesPass() throws IOException {
    return files("examples/valid")
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertValid(file)));
  }

  @TestFactory
  Stream<DynamicTest> invalidExamplesFail() throws IOException {
    return files("examples/invalid")
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.toString(),
                    () -> assertThat(errors(read(file))).as("errors").isNotEmpty()));
  }

  private static void assertValid(Path file) {
    assertThat(errors(read(file))).isEmpty();
  }

  private static List<String> errors(Resource resource) {
    ValidationResult result = conformance.validate(resource);
    return result.getMessages().stream()
        .filter(message -> message.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
        .map(message -> message.getLocationString() + ": " + message.getMessage())
        .toList();
  }

  private static Stream<Path> files(String folder) throws IOException {
    try (Stream<Path> walk = Files.walk(ROOT)) {
      return walk
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> file.toString().contains(folder))
          .sorted()
          .toList()
          .stream();
    }
  }

  /** As they are loaded: what an heir changes of an inherited form is laid over it. */
  private static Stream<ContentFile> definitions() {
    return ContentOnDisk.files().stream().filter(Publication::isConformance);
  }

  private static Resource read(ContentFile file) {
    return (Resource) PARSER.parseResource(file.body());
  }

  private static Resource read(Path file) {
    try {
      return (Resource) PARSER.parseResource(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
