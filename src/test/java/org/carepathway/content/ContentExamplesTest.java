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
  static void load() throws IOException {
    conformance = new Conformance(FhirContext.forR4Cached());
    conformance.add(
        files("")
            .filter(file -> !isExample(file) && !isTemplate(file))
            .map(ContentExamplesTest::read)
            .toList());
  }

  @TestFactory
  Stream<DynamicTest> conformanceResourcesAreValid() throws IOException {
    return files("")
        .filter(file -> !isExample(file) && !isTemplate(file))
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> assertValid(file)));
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
                    file.toString(), () -> assertThat(errors(file)).as("errors").isNotEmpty()));
  }

  private static void assertValid(Path file) {
    assertThat(errors(file)).isEmpty();
  }

  private static List<String> errors(Path file) {
    ValidationResult result = conformance.validate(read(file));
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

  private static boolean isExample(Path file) {
    return file.toString().contains("/examples/");
  }

  private static boolean isTemplate(Path file) {
    return file.toString().contains("/template/");
  }

  private static Resource read(Path file) {
    try {
      return (Resource) PARSER.parseResource(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
