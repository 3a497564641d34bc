package org.carepathway.cdshooks;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carepathway.ehr.EhrFault;
import org.carepathway.fact.Facts;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Completes what an EHR has sent along from its FHIR API: what is missing, an error, a page for
 * people, or the first of several pages. What cannot be had whole is answered with 412: there is no
 * card from half the data.
 */
@Component
class Prefetch {

  private final CdsServices services;

  Prefetch(CdsServices services) {
    this.services = services;
  }

  /**
   * @throws CdsRefusal (412) where something cannot be had; (400) where what was sent is of another
   *     patient
   */
  Fetched complete(CdsCall call, CdsClient client) {
    Map<String, Bundle> found = new LinkedHashMap<>();
    Patient patient = null;
    for (Map.Entry<String, String> wanted : services.prefetch(call.hook()).entrySet()) {
      String key = wanted.getKey();
      String query = wanted.getValue().replace("{{context.patientId}}", call.patient());
      JsonNode sent = call.prefetch().path(key);
      if (key.equals(CdsServices.PATIENT)) {
        patient = patient(call, client, query, sent);
      } else {
        found.put(key, list(call, client, key, query, sent));
      }
    }
    return new Fetched(patient, found, drugs(call, client, found));
  }

  private Patient patient(CdsCall call, CdsClient client, String query, JsonNode sent) {
    String field = "prefetch." + CdsServices.PATIENT;
    JsonNode patient =
        Told.is(sent, "Patient") ? sent : asked(call, client, field, query, "Patient");
    if (!patient.path("id").asText().equals(call.patient())) {
      throw new CdsRefusal(
          HttpStatus.BAD_REQUEST,
          field,
          "Is another patient than context.patientId.",
          "Send the patient in context.");
    }
    return (Patient) parsed(field, patient);
  }

  private Bundle list(CdsCall call, CdsClient client, String key, String query, JsonNode sent) {
    String field = "prefetch." + key;
    String type = query.substring(0, query.indexOf('?'));
    if (sent.isNull()) {
      return new Bundle();
    }
    Told told = new Told(type, call.patient(), field);
    if (!told.isWhole(sent)) {
      JsonNode first = asked(call, client, field, query, "Bundle");
      told.page(first);
      try {
        client.access().further(call.server(), first, call.token(), told::page);
      } catch (EhrFault fault) {
        throw CdsRefusal.incomplete(
            field, "Its further pages cannot be had: " + fault.getMessage());
      }
      return (Bundle) parsed(field, told.all());
    }
    return (Bundle) parsed(field, sent);
  }

  private Bundle drugs(CdsCall call, CdsClient client, Map<String, Bundle> found) {
    Bundle all = new Bundle();
    Set<String> wanted = new TreeSet<>(Facts.pointedTo(call.orders()));
    found.values().forEach(bundle -> wanted.addAll(Facts.pointedTo(bundle)));
    for (Resource order :
        call.orders().getEntry().stream().map(one -> one.getResource()).toList()) {
      if (order instanceof Medication && wanted.remove(order.getIdElement().getIdPart())) {
        all.addEntry().setResource(order);
      }
    }
    for (String id : wanted) {
      String field = "Medication/" + id;
      all.addEntry()
          .setResource((Resource) parsed(field, asked(call, client, field, field, "Medication")));
    }
    return all;
  }

  /** What the EHR's FHIR API answers. */
  private static JsonNode asked(
      CdsCall call, CdsClient client, String field, String query, String type) {
    if (!call.mayRead()) {
      throw CdsRefusal.incomplete(field, "Was not sent whole, and there is no way to read it.");
    }
    if (!client.settings().fhir().stream().anyMatch(call.server()::equals)) {
      throw CdsRefusal.incomplete(
          field, "Was not sent whole, and fhirServer is none that is known here.");
    }
    try {
      JsonNode answer = client.access().get(call.server(), query, call.token());
      if (!Told.is(answer, type)) {
        throw CdsRefusal.incomplete(field, "The FHIR server answered with something else.");
      }
      return answer;
    } catch (EhrFault fault) {
      throw CdsRefusal.incomplete(field, "The FHIR server does not give it: " + fault.getMessage());
    }
  }

  private static Resource parsed(String field, JsonNode resource) {
    try {
      return (Resource)
          FhirContext.forR4Cached().newJsonParser().parseResource(resource.toString());
    } catch (DataFormatException unclear) {
      throw CdsRefusal.incomplete(field, "Is no FHIR R4 that can be read.");
    }
  }
}
