package org.carepathway.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.LentAccess;
import org.springframework.http.HttpStatus;

/** What an EHR has found for one query, and whether that is all of it and of nobody else. */
final class Told {

  private final String type;
  private final String patient;
  private final String field;
  private final ObjectNode all = JsonNodeFactory.instance.objectNode();

  /**
   * @param type of what was asked for
   * @param patient their id in the EHR
   * @param field by which a fault is told
   */
  Told(String type, String patient, String field) {
    this.type = type;
    this.patient = patient;
    this.field = field;
    all.put("resourceType", "Bundle").put("type", "collection");
  }

  static boolean is(JsonNode resource, String type) {
    return resource.path("resourceType").asText().equals(type);
  }

  /**
   * Whether what was sent along answers the whole query.
   *
   * @throws CdsRefusal (400) where it is of another patient
   */
  boolean isWhole(JsonNode sent) {
    if (!is(sent, "Bundle")
        || LentAccess.next(sent).isPresent()
        || sent.path("total").asInt(0) > matches(sent)) {
      return false;
    }
    for (JsonNode entry : sent.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (EhrServer.isError(resource)) {
        return false;
      }
      if (is(resource, type) && !isOfPatient(resource)) {
        throw new CdsRefusal(
            HttpStatus.BAD_REQUEST,
            field,
            "Has %s of another patient.".formatted(type),
            "Send what is of the patient in context.");
      }
      if (is(resource, type) && !isClear(resource)) {
        throw CdsRefusal.incomplete(field, "Has a modifier that is not known here.");
      }
    }
    return true;
  }

  private int matches(JsonNode page) {
    int matches = 0;
    for (JsonNode entry : page.path("entry")) {
      matches += is(entry.path("resource"), type) ? 1 : 0;
    }
    return matches;
  }

  /**
   * Takes over a page of the EHR's answer.
   *
   * @throws CdsRefusal (412) where it is of somebody else or cannot be understood
   */
  void page(JsonNode page) {
    if (!is(page, "Bundle")) {
      throw CdsRefusal.incomplete(field, "The FHIR server answered with no Bundle.");
    }
    for (JsonNode entry : page.path("entry")) {
      JsonNode resource = entry.path("resource");
      if (EhrServer.isError(resource)) {
        throw CdsRefusal.incomplete(field, "The FHIR server answered with an error.");
      }
      if (is(resource, type)) {
        if (!isOfPatient(resource) || !isClear(resource)) {
          throw CdsRefusal.incomplete(
              field, "The FHIR server answered with what is of another patient or unclear.");
        }
        all.withArray("entry").addObject().set("resource", resource);
      }
    }
  }

  ObjectNode all() {
    return all;
  }

  private boolean isOfPatient(JsonNode resource) {
    String whose =
        resource.at("/subject/reference").asText(resource.at("/patient/reference").asText());
    return whose.equals("Patient/" + patient) || whose.endsWith("/Patient/" + patient);
  }

  /** R4 forbids to go on where a modifier is not understood (2.4.0.1, 2.1.5.0.1). */
  private static boolean isClear(JsonNode resource) {
    return !resource.has("modifierExtension") && !resource.has("implicitRules");
  }
}
