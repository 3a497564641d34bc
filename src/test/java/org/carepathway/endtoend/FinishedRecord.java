package org.carepathway.endtoend;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/**
 * What an EHR reads of a patient, all at once, by type and by document, and another team does not.
 */
final class FinishedRecord {

  private static final String MISSING = "nobody-has-this-id";

  /** DICOM 110106, Export. */
  private static final String EXPORT = "110106";

  private static final List<String> NOT_LISTED = List.of("Binary", "Questionnaire", "AuditEvent");

  private final Door ehr;
  private final Door south;
  private final Door admin;
  private final Door auditor;
  private final String patientId;

  FinishedRecord(int port, String patientId) {
    this.ehr = new Door(port, "ehr");
    this.south = new Door(port, "south");
    this.admin = new Door(port, "admin");
    this.auditor = new Door(port, "auditor");
    this.patientId = patientId;
  }

  void check(List<Resource> record) throws Exception {
    Set<String> ids =
        record.stream()
            .filter(resource -> !NOT_LISTED.contains(resource.fhirType()))
            .map(FinishedRecord::name)
            .collect(Collectors.toSet());
    assertThat(pages("?_count=17")).doesNotHaveDuplicates().containsAll(ids);
    assertThat(pages("")).containsAll(ids);
    assertThat(pages("?_type=Observation,Condition"))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("Observation/") || name.startsWith("Condition/"));
    assertThat(pages("?_type=Observation&_type=Condition"))
        .hasSameSizeAs(pages("?_type=Observation,Condition"));
    assertThat(pages("?_since=2999-01-01")).isEmpty();
    assertThat(ehr.get(everything("?_type=Nonsense")).statusCode()).isEqualTo(400);
    assertThat(ehr.get(everything("?_since=yesterday")).statusCode()).isEqualTo(400);
    assertThat(ehr.get(everything("?start=2026-01-01")).body()).contains("start");
    assertThat(admin.get(everything("")).statusCode()).isEqualTo(403);
    isExported("Patient/" + patientId);
    byType(record);
    hidden(everything(""));
    hidden("Patient/" + patientId + "/Observation");
    hidden("Patient/" + patientId + "/Task?_count=1");
  }

  /** The compartment has what the search by patient finds. */
  private void byType(List<Resource> record) throws Exception {
    for (String type :
        Stream.of("Observation", "Procedure", "Condition", "Consent")
            .filter(type -> record.stream().anyMatch(found -> found.fhirType().equals(type)))
            .toList()) {
      Bundle searched = Door.parse(Bundle.class, ehr.get(type + "?patient=" + patientId).body());
      Bundle listed = Door.parse(Bundle.class, ehr.get("Patient/" + patientId + '/' + type).body());
      assertThat(names(listed)).isNotEmpty().hasSameElementsAs(names(searched));
      assertThat(listed.getLink("self").getUrl()).contains(type + '?');
    }
  }

  /**
   * @return how many documents were read
   */
  int documents(List<Resource> record) throws Exception {
    int read = 0;
    for (Resource resource : record) {
      if (resource instanceof DocumentReference document) {
        Attachment file = document.getContentFirstRep().getAttachment();
        if (!String.valueOf(file.getUrl()).startsWith("Binary/")) {
          // A signed paper is named and kept elsewhere.
          continue;
        }
        HttpResponse<String> raw = ehr.get(file.getUrl());
        assertThat(raw.statusCode()).isEqualTo(200);
        assertThat(raw.headers().firstValue("Content-Type").orElseThrow())
            .startsWith(file.getContentType());
        Binary binary =
            Door.parse(
                Binary.class, ehr.get(file.getUrl(), "Accept", "application/fhir+json").body());
        assertThat(binary.getData()).hasSize(file.getSize());
        assertThat(binary.getSecurityContext().getReference()).isEqualTo("Patient/" + patientId);
        hidden(file.getUrl());
        hidden(file.getUrl() + "/_history/1");
        assertThat(admin.get(file.getUrl()).statusCode()).isEqualTo(403);
        assertThat(ehr.get("Binary?_count=1").statusCode()).isEqualTo(403);
        isExported(file.getUrl());
        read++;
      }
    }
    return read;
  }

  /** The auditor sees that it left, as what somebody may keep. */
  private void isExported(String what) {
    await()
        .atMost(20, SECONDS)
        .untilAsserted(
            () ->
                assertThat(
                        Door.parse(
                                Bundle.class,
                                auditor
                                    .get("AuditEvent?patient=" + patientId + "&_count=500")
                                    .body())
                            .getEntry())
                    .extracting(entry -> Door.json(entry.getResource()))
                    .anyMatch(
                        event ->
                            event.contains("\"reference\":\"" + what + '"')
                                && event.contains(EXPORT)));
  }

  /** Out of sight and not there are answered alike. */
  private void hidden(String path) throws Exception {
    String id = path.startsWith("Patient/") ? patientId : path.replaceAll("^\\w+/([^/]+).*", "$1");
    HttpResponse<String> hidden = south.get(path);
    HttpResponse<String> missing = south.get(path.replace(id, MISSING));
    assertThat(hidden.statusCode()).as(path).isEqualTo(missing.statusCode());
    assertThat(same(hidden.body())).isEqualTo(same(missing.body().replace(MISSING, id)));
  }

  /** Without what differs from search to search. */
  private static String same(String body) {
    return body.replaceAll("\"(id|lastUpdated|url)\": ?\"[^\"]*\"", "");
  }

  private List<String> pages(String query) throws Exception {
    List<String> found = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    String path = everything(query);
    while (path != null) {
      assertThat(visited.add(path)).as("the same page twice").isTrue();
      HttpResponse<String> answer = ehr.get(path);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      Bundle page = Door.parse(Bundle.class, answer.body());
      found.addAll(names(page));
      String next = page.getLink("next") == null ? null : page.getLink("next").getUrl();
      path = next == null ? null : next.substring(next.indexOf("/fhir/") + "/fhir/".length());
    }
    return found;
  }

  private String everything(String query) {
    return "Patient/" + patientId + "/$everything" + query;
  }

  private static List<String> names(Bundle bundle) {
    return bundle.getEntry().stream()
        .filter(entry -> entry.getSearch().getMode() != SearchEntryMode.INCLUDE)
        .map(BundleEntryComponent::getResource)
        .map(FinishedRecord::name)
        .toList();
  }

  private static String name(Resource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }
}
