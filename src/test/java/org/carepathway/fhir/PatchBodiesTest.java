package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A patch is a change of a few elements and no program. */
class PatchBodiesTest {

  private static final String FHIR = "application/fhir+json";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String COPY =
      "{\"op\":\"copy\",\"from\":\"/extension\",\"path\":\"/extension/-\"}";
  private static final String TEST = "{\"op\":\"test\",\"path\":\"/active\",\"value\":true}";

  private final PatchBodies bodies = new PatchBodies(FhirContext.forR4Cached());

  private static String operation(String path) {
    return """
        {"name":"operation","part":[{"name":"type","valueCode":"delete"},
          {"name":"path","valueString":"%s"}]}"""
        .formatted(path.replace("\\", "\\\\"));
  }

  private static String patch(List<String> operations) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", operations) + "]}";
  }

  private void taken(String path) {
    assertThatCode(() -> bodies.require(FHIR, patch(List.of(operation(path)))))
        .as(path)
        .doesNotThrowAnyException();
  }

  private void refused(String path, String why) {
    assertThatThrownBy(() -> bodies.require(FHIR, patch(List.of(operation(path)))))
        .as(path)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll("parameter[0]", why);
  }

  @Test
  void aPathLeadsDownToAnElement() {
    List.of(
            "Patient.name[0].family",
            "Patient.name.where(use = 'official').given.first()",
            "Patient.identifier.where(system = 'http://x/y' and value.exists().not())",
            "Patient.telecom.where(system = 'phone' and (use = 'home' or use = 'work'))",
            "Patient.extension('https://example.org/%/* x').value",
            "Patient.deceased.ofType(boolean)",
            "Patient.name.where(text = 'it\\'s descendants()')",
            "Patient.contact.skip(1).take(1)")
        .forEach(this::taken);
  }

  @Test
  void aPathThatIsAProgramIsRefused() {
    refused("Patient.descendants().descendants().descendants()", "'descendants'");
    refused("Patient.repeat(children())", "'repeat'");
    refused("Patient.name.where(descendants().exists())", "'descendants'");
    refused("Patient.name.where(text.matches('(a+)+$'))", "'matches'");
    refused("Patient.name.where(%resource.name.exists())", "variable");
    refused("Patient.name.`descendants`()", "'descendants'");
    refused("Patient./* x */descendants/* x */()", "comment");
    refused("Patient.name.select($this)", "'select'");
    refused("Patient.name" + ".where(true)".repeat(100), "1000 characters");
  }

  @Test
  void theIdOfAResourceStays() {
    refused("Patient.id", "the id");
    refused(" Patient.id.where(true)", "the id");
    taken("Patient.identifier");
    taken("Patient.name[0].id");
    assertThatThrownBy(
            () ->
                bodies.require(
                    FHIR,
                    patch(
                        List.of(
                            operation("Patient")
                                .replace("delete", "add")
                                .replace(
                                    "}]}", "},{\"name\":\"name\",\"valueString\":\"id\"}]}")))))
        .hasMessageContaining("the id");
    List.of(
            "{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"x\"}",
            "{\"op\":\"remove\",\"path\":\"/id\"}",
            "{\"op\":\"move\",\"from\":\"/id\",\"path\":\"/language\"}",
            "{\"op\":\"copy\",\"from\":\"/language\",\"path\":\"/id\"}")
        .forEach(
            one ->
                assertThatThrownBy(() -> bodies.require(JSON_PATCH, '[' + one + ']'))
                    .as(one)
                    .hasMessageContaining("the id"));
    assertThatCode(
            () ->
                bodies.require(
                    JSON_PATCH,
                    "[{\"op\":\"test\",\"path\":\"/id\",\"value\":\"x\"},"
                        + "{\"op\":\"copy\",\"from\":\"/id\",\"path\":\"/language\"}]"))
        .doesNotThrowAnyException();
  }

  @Test
  void aPatchHasAtMostAHundredOperations() {
    assertThatCode(
            () ->
                bodies.require(FHIR, patch(Collections.nCopies(100, operation("Patient.active")))))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () ->
                bodies.require(FHIR, patch(Collections.nCopies(101, operation("Patient.active")))))
        .hasMessageContainingAll("101 operations", "PUT");
    assertThatThrownBy(() -> bodies.require(JSON_PATCH, jsonPatch(101, TEST)))
        .hasMessageContaining("101 operations");
  }

  @Test
  void aResourceCannotBeDoubledAgainAndAgain() {
    assertThatCode(() -> bodies.require(JSON_PATCH, jsonPatch(3, COPY))).doesNotThrowAnyException();
    assertThatThrownBy(() -> bodies.require(JSON_PATCH, jsonPatch(30, COPY)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll("30 operations 'copy'", "at most 3");
  }

  private static String jsonPatch(int times, String operation) {
    assertThat(operation).startsWith("{");
    return Collections.nCopies(times, operation).toString();
  }
}
