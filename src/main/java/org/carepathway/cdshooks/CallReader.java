package org.carepathway.cdshooks;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.cdshooks.CdsRefusal.Fault;
import org.carepathway.ehr.EhrAddress;
import org.carepathway.incoming.Subjects;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.http.HttpStatus;

/**
 * Reads a request as CDS Hooks 2.0 says it is built, and tells all that is wrong with it at once.
 *
 * @see <a href="https://cds-hooks.hl7.org/2.0/#calling-a-cds-service">CDS Hooks 2.0, Calling a CDS
 *     Service</a>
 */
final class CallReader {

  private static final String ID = "[A-Za-z0-9.-]{1,64}";
  private static final String USER = "(Practitioner|PractitionerRole|Patient|RelatedPerson)/" + ID;
  private static final String ORDER = "[A-Z][A-Za-z]+/" + ID;
  private static final String UUID =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

  private final JsonNode body;
  private final List<Fault> faults = new ArrayList<>();

  private CallReader(JsonNode body) {
    this.body = body;
  }

  /**
   * @param body of the request
   * @param services that know the hooks
   * @param id of the service that is called
   * @throws CdsRefusal (400) with every field that is wrong
   */
  static CdsCall read(JsonNode body, CdsServices services, String id) {
    if (body == null || !body.isObject()) {
      throw new CdsRefusal(
          HttpStatus.BAD_REQUEST, "", "The body must be an object in JSON.", "Send one.");
    }
    return new CallReader(body).call(services, id);
  }

  private CdsCall call(CdsServices services, String id) {
    String hook = text("hook", "[a-z-]+", "the hook that this service is called for");
    if (hook != null && services.hook(id, hook).isEmpty()) {
      fault("hook", "This service does not know the hook.", "GET /cds-services names its hooks.");
    }
    String instance = text("hookInstance", UUID, "a UUID of this call");
    if (!body.path("context").isObject()) {
      fault("context", "Must be an object.", "Send what the hook's page lists.");
    }
    String user = text("context.userId", USER, "a reference such as Practitioner/12");
    String patient = text("context.patientId", ID, "the id of the Patient, without its type");
    Bundle orders = new Bundle();
    List<String> selected = null;
    if (hook != null && hook.startsWith("order-")) {
      orders = orders(patient);
      selected = hook.equals("order-select") ? selected(orders) : null;
    }
    String server = server();
    String token = server == null ? null : token(patient);
    JsonNode prefetch = body.path("prefetch");
    if (!prefetch.isMissingNode() && !prefetch.isObject()) {
      fault("prefetch", "Must be an object.", "Send resources by the keys of the discovery.");
    }
    if (!faults.isEmpty()) {
      throw new CdsRefusal(HttpStatus.BAD_REQUEST, faults);
    }
    return new CdsCall(hook, instance, user, patient, orders, selected, server, token, prefetch);
  }

  private String server() {
    JsonNode authorization = body.path("fhirAuthorization");
    if (body.path("fhirServer").isMissingNode()) {
      if (!authorization.isMissingNode()) {
        fault(
            "fhirServer",
            "Is needed where fhirAuthorization is sent.",
            "Send the base address of the FHIR API.");
      }
      return null;
    }
    String server = text("fhirServer", "https?://.+", "the base address of the FHIR API");
    if (server != null && !EhrAddress.isSafe(server)) {
      fault("fhirServer", "Must have TLS.", "Send an address that begins with https.");
    }
    return server == null ? null : EhrAddress.plain(server);
  }

  private String token(String patient) {
    if (body.path("fhirAuthorization").isMissingNode()) {
      return null;
    }
    String token = text("fhirAuthorization.access_token", "[\\x21-\\x7e]+", "a token");
    text("fhirAuthorization.token_type", "Bearer", "the word Bearer");
    text("fhirAuthorization.scope", ".+", "the scopes of the token");
    text("fhirAuthorization.subject", ".+", "our client id at your authorization server");
    if (!body.at("/fhirAuthorization/expires_in").isIntegralNumber()) {
      fault("fhirAuthorization.expires_in", "Must be whole seconds.", "Send a number.");
    }
    JsonNode of = body.at("/fhirAuthorization/patient");
    if (!of.isMissingNode() && !of.asText().equals(patient)) {
      fault(
          "fhirAuthorization.patient",
          "The token is of another patient than the call.",
          "Send a token of the patient in context.");
    }
    return token;
  }

  private Bundle orders(String patient) {
    JsonNode orders = body.at("/context/draftOrders");
    try {
      Bundle bundle =
          FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, orders.toString());
      if (bundle.getEntry().stream().allMatch(Bundle.BundleEntryComponent::hasResource)) {
        requireOf(patient, bundle);
        return bundle;
      }
      return noOrders();
    } catch (DataFormatException | ClassCastException | IllegalArgumentException noBundle) {
      return noOrders();
    }
  }

  private void requireOf(String patient, Bundle orders) {
    boolean others =
        orders.getEntry().stream()
            .flatMap(entry -> Subjects.of(entry.getResource()).stream())
            .anyMatch(whose -> !whose.equals(patient));
    if (others) {
      fault(
          "context.draftOrders",
          "Has an order of another patient.",
          "Send those of the patient in context.");
    }
  }

  private Bundle noOrders() {
    fault("context.draftOrders", "Must be a Bundle of FHIR R4 with resources.", "Send the orders.");
    return new Bundle();
  }

  private List<String> selected(Bundle orders) {
    JsonNode selections = body.at("/context/selections");
    List<String> selected = new ArrayList<>();
    selections.forEach(one -> selected.add(one.asText()));
    List<String> there = names(orders).toList();
    if (!selections.isArray()
        || selected.isEmpty()
        || !selected.stream().allMatch(one -> one.matches(ORDER) && there.contains(one))) {
      fault(
          "context.selections",
          "Must name at least one order, and only those in draftOrders.",
          "Send references such as MedicationRequest/103.");
    }
    return selected;
  }

  static Stream<String> names(Bundle orders) {
    return orders.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .map(one -> one.fhirType() + '/' + one.getIdElement().getIdPart());
  }

  /** Null where it is not there or not as it must be, which is told. */
  private String text(String field, String pattern, String what) {
    JsonNode value = body.at('/' + field.replace('.', '/'));
    if (value.isTextual() && value.asText().matches(pattern)) {
      return value.asText();
    }
    fault(
        field,
        value.isMissingNode() || value.isNull() ? "Is needed." : "Is not as it must be.",
        "Send " + what + '.');
    return null;
  }

  private void fault(String field, String rule, String remedy) {
    faults.add(new Fault(field, rule, remedy));
  }
}
