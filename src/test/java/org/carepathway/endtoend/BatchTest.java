package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each entry of a batch is answered like a request that came alone. */
class BatchTest extends RunningService {

  @Autowired private JdbcTemplate jdbc;

  private String patient;

  @BeforeEach
  void aPatient() throws Exception {
    patient = new FhirClient(port()).sendPatient("torp-carol.json");
  }

  private List<BundleEntryComponent> batch(String user, String... entries) throws Exception {
    HttpResponse<String> answer =
        new Door(port(), user)
            .send(
                "POST",
                "",
                Door.JSON,
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}"
                    .formatted(String.join(",", entries)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Bundle answers = Door.parse(Bundle.class, answer.body());
    assertThat(answers.getType()).isEqualTo(Bundle.BundleType.BATCHRESPONSE);
    assertThat(answers.getEntry()).hasSize(entries.length);
    return answers.getEntry();
  }

  private static String get(String url) {
    return "{\"request\":{\"method\":\"GET\",\"url\":\"%s\"}}".formatted(url);
  }

  private static String post(String url, String resource) {
    return "{\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
        .formatted(resource, url);
  }

  private String condition(String more) {
    return "{\"resourceType\":\"Condition\",\"code\":{\"text\":\"x\"},\"subject\":{\"reference\":\"Patient/%s\"}%s}"
        .formatted(patient, more);
  }

  private static String status(BundleEntryComponent entry) {
    return entry.getResponse().getStatus().substring(0, 3);
  }

  @Test
  void readsAndWritesAreAnsweredEachByItself() throws Exception {
    List<BundleEntryComponent> answers =
        batch(
            "coordinator",
            get("Patient/" + patient),
            post("Condition", condition("")),
            get("Condition?patient=" + patient + "&_summary=count"),
            get("Patient/none"),
            post("Condition", condition(",\"colour\":\"blue\"")),
            get("Patient?favourite=x"),
            get("metadata?_elements=fhirVersion"),
            get("http://localhost:" + port() + "/fhir/Patient?_id=" + patient));
    assertThat(answers)
        .extracting(BatchTest::status)
        .containsExactly("200", "201", "200", "404", "422", "403", "200", "200");
    assertThat(((Patient) answers.get(0).getResource()).getIdElement().getIdPart())
        .isEqualTo(patient);
    assertThat(answers.get(0).getResponse().getEtag()).isEqualTo("W/\"1\"");
    assertThat(answers.get(1).getResponse().getLocation()).contains("Condition/");
    assertThat(answers.get(4).getResponse().getOutcome()).isInstanceOf(OperationOutcome.class);
    assertThat(Door.json((OperationOutcome) answers.get(4).getResponse().getOutcome()))
        .contains("colour");
    assertThat(((Bundle) answers.get(7).getResource()).getTotal()).isOne();
  }

  @Test
  void theConditionsOfAnEntryCount() throws Exception {
    String tag = "\"ifMatch\":\"W/\\\"7\\\"\"";
    List<BundleEntryComponent> answers =
        batch(
            "coordinator",
            "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%1$s\",%2$s},\"resource\":{\"resourceType\":\"Patient\",\"id\":\"%1$s\",\"name\":[{\"family\":\"x\"}]}}"
                .formatted(patient, tag),
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/%s\",\"ifNoneMatch\":\"W/\\\"1\\\"\"}}"
                .formatted(patient),
            "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\",\"ifNoneExist\":\"family=x\"},\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"x\"}]}}",
            "{\"request\":{\"method\":\"PATCH\",\"url\":\"Patient/%s\"},\"resource\":{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\"W3sib3AiOiJhZGQiLCJwYXRoIjoiL2xhbmd1YWdlIiwidmFsdWUiOiJlbiJ9XQ==\"}}"
                .formatted(patient),
            "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/%s\"}}".formatted(patient));
    assertThat(answers)
        .extracting(BatchTest::status)
        .containsExactly("412", "304", "403", "200", "403");
  }

  @Test
  void whoMayNotReadOneAloneMayNotReadItInABatch() throws Exception {
    List<String> urls =
        List.of(
            "Patient/" + patient,
            "Patient?_id=" + patient,
            "Condition?patient=" + patient,
            "Patient?name=Torp",
            "Patient?_has:Condition:patient:code=x",
            "Patient/" + patient + "/_history",
            "Observation?patient.name=Torp",
            "Task?_count=500");
    Door alone = new Door(port(), "south");
    List<BundleEntryComponent> south =
        batch("south", urls.stream().map(BatchTest::get).toArray(String[]::new));
    for (int i = 0; i < urls.size(); i++) {
      assertThat(status(south.get(i)))
          .as(urls.get(i))
          .isEqualTo(String.valueOf(alone.get(urls.get(i)).statusCode()));
    }
    assertThat(batch("south", post("Condition", condition(""))))
        .extracting(BatchTest::status)
        .containsExactly("400");
    // The last one may find tasks of the south's own patients.
    assertThat(Door.json(new Bundle().setEntry(south.subList(0, urls.size() - 1))))
        .doesNotContain("Carol")
        .doesNotContain("\"total\":1");
    assertThat(batch("auditor", get("Patient/" + patient)))
        .extracting(BatchTest::status)
        .containsExactly("403");
    assertThat(batch("nurse", get("Patient/" + patient), post("Condition", condition(""))))
        .extracting(BatchTest::status)
        .containsExactly("200", "403");
  }

  @Test
  void whatWasReadIsInTheAuditAsIfItHadBeenReadAlone() throws Exception {
    batch("physician", get("Patient/" + patient), get("Condition?patient=" + patient));
    await("the audit")
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select about from audit_event where who = 'physician' and patients @> array[?]::text[]",
                            String.class,
                            patient))
                    .contains("GET /fhir/Patient/" + patient));
  }

  @Test
  void whatIsNoRequestIsToldAndTheOthersAreDone() throws Exception {
    String nested = "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}";
    List<BundleEntryComponent> answers =
        batch(
            "coordinator",
            "{}",
            get(""),
            get("/"),
            get("?_id=1"),
            post("", nested),
            get("https://else.example/fhir/Patient/1"),
            get("../worklist"),
            "{\"request\":{\"method\":\"TRACE\",\"url\":\"Patient\"}}",
            get("Patient/" + patient + "/../../../worklist"),
            get("Nothing/1"),
            get("Patient/" + patient));
    assertThat(answers.subList(0, 10))
        .extracting(BatchTest::status)
        .allMatch(status -> status.startsWith("4"));
    assertThat(status(answers.get(10))).isEqualTo("200");
  }

  @Test
  void aBatchInXmlAndOneThatIsTooLong() throws Exception {
    Bundle batch = new Bundle().setType(Bundle.BundleType.BATCH);
    batch.addEntry().getRequest().setMethod(HTTPVerb.GET).setUrl("Patient/" + patient);
    Condition sent = new Condition();
    sent.getCode().setText("x");
    sent.setSubject(new Reference("Patient/" + patient));
    batch.addEntry().setResource(sent).getRequest().setMethod(HTTPVerb.POST).setUrl("Condition");
    HttpResponse<String> answer =
        new Door(port(), "coordinator")
            .send(
                "POST",
                "",
                Door.XML,
                FhirContext.forR4Cached().newXmlParser().encodeResourceToString(batch));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("201 Created", "Torp");

    String many =
        String.join(",", IntStream.range(0, 501).mapToObj(i -> get("Patient/none")).toList());
    HttpResponse<String> refused =
        new Door(port(), "coordinator")
            .send(
                "POST",
                "",
                Door.JSON,
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[%s]}".formatted(many));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("500", "501");
  }
}
