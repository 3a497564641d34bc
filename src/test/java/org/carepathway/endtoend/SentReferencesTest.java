package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways of R4 to refer to something, alone and in a Bundle. */
class SentReferencesTest extends RunningService {

  private Door ehr;
  private String patient;

  @BeforeEach
  void aPatient() throws Exception {
    ehr = new Door(port(), "ehr");
    patient = new FhirClient(port()).sendPatient("cole-ted.json");
  }

  private static Condition about(String reference) {
    Condition condition = new Condition();
    condition.getCode().setText("x");
    condition.setSubject(new Reference(reference));
    return condition;
  }

  private String base() {
    return "http://localhost:" + port() + "/fhir/";
  }

  private HttpResponse<String> transaction(BundleEntryComponent... entries) throws Exception {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    List.of(entries).forEach(bundle::addEntry);
    return ehr.send("POST", "", bundle);
  }

  private static BundleEntryComponent entry(String fullUrl, Resource resource) {
    BundleEntryComponent entry = new BundleEntryComponent().setFullUrl(fullUrl);
    entry.setResource(resource);
    entry.getRequest().setMethod(Bundle.HTTPVerb.POST).setUrl(resource.fhirType());
    return entry;
  }

  private Condition stored(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    if (answer.statusCode() == 201) {
      return Door.parse(Condition.class, answer.body());
    }
    Bundle bundle = Door.parse(Bundle.class, answer.body());
    String location =
        bundle.getEntry().get(bundle.getEntry().size() - 1).getResponse().getLocation();
    return Door.parse(Condition.class, ehr.get(location.replaceFirst("/_history.*", "")).body());
  }

  @Test
  void anAddressOfOurOwnIsARelativeReference() throws Exception {
    String absolute = base() + "Patient/" + patient;
    for (HttpResponse<String> answer :
        List.of(
            ehr.send("POST", "Condition", about(absolute)),
            transaction(entry("urn:uuid:" + UUID.randomUUID(), about(absolute))))) {
      assertThat(stored(answer).getSubject().getReference()).isEqualTo("Patient/" + patient);
    }
    String elsewhere = "https://ehr.example.org/fhir/Patient/" + patient;
    HttpResponse<String> refused = ehr.send("POST", "Condition", about(elsewhere));
    assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 422);
  }

  @Test
  void anEntryWithoutAFullUrlMayRefer() throws Exception {
    HttpResponse<String> answer = transaction(entry(null, about("Patient/" + patient)));
    assertThat(stored(answer).getSubject().getReference()).isEqualTo("Patient/" + patient);
  }

  @Test
  void entriesReferToEachOtherByTheirFullUrls() throws Exception {
    Patient sent = new Patient();
    sent.addName().setFamily("Refers").addGiven("Ina");
    String urn = "urn:uuid:" + UUID.randomUUID();
    Condition byUrn =
        stored(transaction(entry(urn, sent), entry("urn:uuid:" + UUID.randomUUID(), about(urn))));
    assertThat(byUrn.getSubject().getReference()).matches("Patient/[0-9a-f-]{36}");
    // As a Bundle that was read from another server is written.
    String url = "https://ehr.example.org/fhir/Patient/77";
    sent.setId("77");
    for (String reference : List.of(url, "Patient/77")) {
      Condition condition = about(reference);
      condition.setId("78");
      Condition stored =
          stored(
              transaction(
                  entry(url, sent), entry("https://ehr.example.org/fhir/Condition/78", condition)));
      assertThat(stored.getSubject().getReference()).as(reference).matches("Patient/[0-9a-f-]{36}");
    }
  }

  @Test
  void aConditionIsTheIdentifierOnly() throws Exception {
    String number = UUID.randomUUID().toString();
    Patient sent = new Patient();
    sent.addIdentifier().setSystem("urn:s").setValue(number);
    sent.addName().setFamily("Numbered").addGiven("Nina");
    assertThat(ehr.send("POST", "Patient", sent).statusCode()).isEqualTo(201);
    String reference = "Patient?identifier=urn:s|" + number;
    assertThat(stored(ehr.send("POST", "Condition", about(reference))).getSubject().getReference())
        .matches("Patient/[0-9a-f-]{36}");
    assertThat(
            stored(transaction(entry("urn:uuid:" + UUID.randomUUID(), about(reference))))
                .getSubject()
                .getReference())
        .matches("Patient/[0-9a-f-]{36}");
    assertThat(ehr.send("POST", "Condition", about("Patient?name=Numbered")).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aVersionIsKeptWhereItBelongsAndElseRefused() throws Exception {
    // HAPI's own parser would leave the version out.
    String condition =
        "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"%sPatient/%s/_history/1\"}}";
    HttpResponse<String> refused =
        ehr.send("POST", "Condition", Door.JSON, condition.formatted("", patient));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("Condition.subject", "without /_history/1");
    HttpResponse<String> inBundle =
        ehr.send(
            "POST",
            "",
            Door.JSON,
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":\"urn:uuid:%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"Condition\"}}]}"
                .formatted(UUID.randomUUID(), condition.formatted(base(), patient)));
    assertThat(inBundle.statusCode()).as(inBundle.body()).isEqualTo(422);
    HttpResponse<String> kept = ehr.send("POST", "Provenance", Door.JSON, provenance("1"));
    assertThat(kept.statusCode()).as(kept.body()).isEqualTo(201);
    String id = Door.parse(Provenance.class, kept.body()).getIdElement().getIdPart();
    assertThat(ehr.get("Provenance/" + id).body()).contains("Patient/" + patient + "/_history/1");
    HttpResponse<String> missing = ehr.send("POST", "Provenance", Door.JSON, provenance("99"));
    assertThat(missing.statusCode()).as(missing.body()).isEqualTo(400);
  }

  private String provenance(String version) {
    return "{\"resourceType\":\"Provenance\",\"recorded\":\"2020-01-01T00:00:00Z\",\"agent\":[{\"who\":{\"display\":\"x\"}}],\"target\":[{\"reference\":\"Patient/%s/_history/%s\"}]}"
        .formatted(patient, version);
  }

  @Test
  void updateByIdentifier() throws Exception {
    String number = UUID.randomUUID().toString();
    String url = "Patient?identifier=urn:s%7C" + number;
    HttpResponse<String> created = ehr.send("PUT", url, numbered(number, "One"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    HttpResponse<String> updated = ehr.send("PUT", url, numbered(number, "Two"));
    assertThat(updated.statusCode()).as(updated.body()).isEqualTo(200);
    BundleEntryComponent entry = entry("urn:uuid:" + UUID.randomUUID(), numbered(number, "Three"));
    entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(url);
    HttpResponse<String> inBundle = transaction(entry);
    assertThat(inBundle.statusCode()).as(inBundle.body()).isEqualTo(200);
    assertThat(ehr.get(url).body()).contains("Three").contains("\"total\":1");
    assertThat(ehr.send("POST", "Patient", numbered(number, "Four")).statusCode()).isEqualTo(201);
    HttpResponse<String> several = ehr.send("PUT", url, numbered(number, "Five"));
    assertThat(several.statusCode()).as(several.body()).isEqualTo(412);
    assertThat(transaction(entry).statusCode()).isEqualTo(412);
    assertThat(ehr.send("PUT", "Patient?family=One", numbered(number, "x")).statusCode())
        .isEqualTo(403);
    assertThat(ehr.send("PUT", url + "&family=One", numbered(number, "x")).statusCode())
        .isEqualTo(403);
    assertThat(new Door(port(), "nurse").send("PUT", url, numbered(number, "x")).statusCode())
        .isEqualTo(403);
  }

  private static Patient numbered(String number, String family) {
    Patient patient = new Patient();
    patient.addIdentifier().setSystem("urn:s").setValue(number);
    patient.addName().setFamily(family).addGiven("Nina");
    return patient;
  }

  /** Another team has a patient with this number: theirs is neither found nor changed. */
  @Test
  void updateByIdentifierTouchesNothingOutOfSight() throws Exception {
    String number = UUID.randomUUID().toString();
    String url = "Patient?identifier=urn:s%7C" + number;
    assertThat(ehr.send("PUT", url, numbered(number, "Hiddenhurst")).statusCode()).isEqualTo(201);
    Door south = new Door(port(), "south");
    HttpResponse<String> created = south.send("PUT", url, numbered(number, "Southerner"));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    HttpResponse<String> again = south.send("PUT", url, numbered(number, "Souther"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    BundleEntryComponent entry = entry("urn:uuid:" + UUID.randomUUID(), numbered(number, "South"));
    entry.getRequest().setMethod(Bundle.HTTPVerb.PUT).setUrl(url);
    HttpResponse<String> inBundle =
        south.send("POST", "", new Bundle().setType(Bundle.BundleType.TRANSACTION).addEntry(entry));
    assertThat(inBundle.statusCode()).as(inBundle.body()).isEqualTo(200);
    assertThat(south.get(url).body()).contains("South").doesNotContain("Hiddenhurst");
    assertThat(ehr.get(url).body()).contains("Hiddenhurst").contains("\"South\"");
  }
}
