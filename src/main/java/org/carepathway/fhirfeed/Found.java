package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A resource as an EHR has sent it.
 *
 * @param resource with an id
 */
record Found(JsonNode resource) {

  static Optional<Found> of(JsonNode resource) {
    return resource.path("id").asText().matches("[A-Za-z0-9.-]{1,64}")
            && !resource.path("resourceType").asText().isEmpty()
        ? Optional.of(new Found(resource))
        : Optional.empty();
  }

  String type() {
    return resource.path("resourceType").asText();
  }

  String id() {
    return resource.path("id").asText();
  }

  /**
   * What makes it the same version: the EHR's number, else when it was stored, else its content.
   * Not every EHR says any of the first two.
   */
  String version() {
    String number = resource.at("/meta/versionId").asText();
    String stored = resource.at("/meta/lastUpdated").asText();
    return !number.isEmpty() ? number : !stored.isEmpty() ? stored : digest();
  }

  private String digest() {
    return DigestUtils.sha256Hex(resource.toString());
  }

  /** By which the inbox knows it. */
  String messageId() {
    return type() + '/' + id() + '/' + version();
  }

  /** By the EHR's clock; null where it does not say. */
  Instant stored() {
    try {
      return OffsetDateTime.parse(resource.at("/meta/lastUpdated").asText()).toInstant();
    } catch (DateTimeException notSaid) {
      return null;
    }
  }

  /** Whether it says that it is this patient's, and nobody else's. */
  boolean isOf(String patient, String base) {
    if (type().equals("Appointment")) {
      return resource.path("participant").findValuesAsText("reference").stream()
          .anyMatch(reference -> isPatient(reference, patient, base));
    }
    return subject().filter(reference -> isPatient(reference, patient, base)).isPresent();
  }

  /** A reference to whose it is; empty where it says nothing. */
  Optional<String> subject() {
    return Stream.of("/subject/reference", "/patient/reference")
        .map(path -> resource.at(path).asText())
        .filter(reference -> !reference.isEmpty())
        .findFirst();
  }

  private static boolean isPatient(String reference, String patient, String base) {
    String relative =
        reference.startsWith(base + '/') ? reference.substring(base.length() + 1) : reference;
    return relative.equals("Patient/" + patient)
        || relative.startsWith("Patient/" + patient + "/_history/");
  }

  byte[] content() {
    return resource.toString().getBytes(StandardCharsets.UTF_8);
  }
}
