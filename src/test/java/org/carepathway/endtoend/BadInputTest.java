package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Bad input is told what is wrong, with the right status, and leaves nothing behind. */
class BadInputTest extends RunningService {

  private final HttpClient http = HttpClient.newHttpClient();

  @Autowired private JdbcTemplate jdbc;

  private FhirClient fhir;
  private String patientId;
  private long rowsBefore;

  @BeforeEach
  void sendPatient() throws Exception {
    fhir = new FhirClient(port());
    patientId = fhir.sendPatient("klein-genevie.json");
    rowsBefore = rows();
  }

  @Test
  void whatIsNotJsonIs400() throws Exception {
    refused(post("Patient", "{ this is not json"), 400, "parse");
  }

  @Test
  void anElementThatFhirDoesNotHaveIs422() throws Exception {
    refused(post("Patient", "{\"resourceType\":\"Patient\",\"colour\":\"blue\"}"), 422, "colour");
  }

  @Test
  void aTypeThatTheRecordDoesNotStoreIs404() throws Exception {
    refused(
        post("MedicinalProduct", "{\"resourceType\":\"MedicinalProduct\"}"),
        404,
        "MedicinalProduct");
  }

  @Test
  void anUnknownProfileOfOursIs422() throws Exception {
    refused(
        post(
            "Patient",
            "{\"resourceType\":\"Patient\",\"meta\":{\"profile\":[\"https://carepathway.org/fhir/StructureDefinition/nowhere\"]}}"),
        422,
        "https://carepathway.org/fhir/StructureDefinition/nowhere");
  }

  @Test
  void aCodeOutsideARequiredValueSetIs422() throws Exception {
    refused(post("Patient", "{\"resourceType\":\"Patient\",\"gender\":\"purple\"}"), 422, "purple");
  }

  @Test
  void aReferralForAnUnknownPatientIs400() throws Exception {
    ServiceRequest referral = FhirClient.referral("nobody-knows-this-one");
    refused(post("ServiceRequest", json(referral)), 400, "Patient/nobody-knows-this-one");
  }

  @Test
  void aReferralWithoutANumberIs422() throws Exception {
    ServiceRequest referral = FhirClient.referral(patientId);
    referral.getIdentifier().clear();
    refused(post("ServiceRequest", json(referral)), 422, "identifier");
  }

  @Test
  void answersThatBreakRulesAre422WithTheirPaths() throws Exception {
    Task task = openTask();
    QuestionnaireResponse answers = fhir.populate("referrer", id(task));
    rowsBefore = rows();
    HttpResponse<String> response =
        send("referrer", "Task/" + id(task) + "/$complete", parameters(answers), null);
    refused(response, 422, "required");
    assertThat(response.body()).contains("QuestionnaireResponse.item");
    assertThat(fhir.openTasks(referralOf(task))).hasSize(1);
  }

  @Test
  void answersOutOfRangeAre422() throws Exception {
    Task task = openTask();
    QuestionnaireResponse answers = fhir.populate("referrer", id(task));
    answers
        .addItem()
        .setLinkId("pain-now")
        .addAnswer()
        .setValue(new Coding("https://example.org", "eleven", null));
    rowsBefore = rows();
    refused(
        send("referrer", "Task/" + id(task) + "/$complete", parameters(answers), null),
        422,
        "pain-now");
  }

  @Test
  void aTaskOfAnotherRoleIs403() throws Exception {
    Task task = openTask();
    refused(
        send("nurse", "Task/" + id(task) + "/$claim", "{\"resourceType\":\"Parameters\"}", null),
        403,
        "referrer");
  }

  @Test
  void aStaleVersionIs412() throws Exception {
    Task task = openTask();
    refused(
        send(
            "referrer",
            "Task/" + id(task) + "/$claim",
            "{\"resourceType\":\"Parameters\"}",
            "W/\"7\""),
        412,
        "version");
  }

  @Test
  void anUnknownTaskIs404() throws Exception {
    refused(
        send("referrer", "Task/nothing/$claim", "{\"resourceType\":\"Parameters\"}", null),
        404,
        "no task");
  }

  @Test
  void whatThePathwayOwnsIsNotWrittenPastIt() throws Exception {
    Task task = openTask();
    task.setPriority(Task.TaskPriority.STAT);
    HttpResponse<String> response =
        http.send(
            request("referrer", "Task/" + id(task))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(json(task)))
                .build(),
            BodyHandlers.ofString());
    refused(response, 403, "");
  }

  @Test
  void nobodySignedInIs401() throws Exception {
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(uri("Task")).GET().build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  private void refused(HttpResponse<String> response, int status, String named) {
    assertThat(response.body()).doesNotContain("\tat ").contains("OperationOutcome");
    assertThat(response.body()).containsIgnoringCase(named);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(rows()).as("rows written").isEqualTo(rowsBefore);
  }

  private Task openTask() throws Exception {
    String referral = fhir.refer(patientId).getIdElement().getIdPart();
    Task task = fhir.openTasks(referral).get(0);
    rowsBefore = rows();
    return task;
  }

  private static String referralOf(Task task) {
    return task.getFocus().getReferenceElement().getIdPart();
  }

  private static String id(Task task) {
    return task.getIdElement().getIdPart();
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return send("referrer", type, body, null);
  }

  private HttpResponse<String> send(String user, String path, String body, String ifMatch)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(user, path)
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(body));
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String user, String path) {
    String credentials = Base64.getEncoder().encodeToString((user + ":" + user).getBytes());
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + credentials);
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port() + "/fhir/" + path);
  }

  private static String parameters(QuestionnaireResponse answers) {
    answers.setStatus(QuestionnaireResponseStatus.COMPLETED);
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(answers);
    return json(parameters);
  }

  private static String json(org.hl7.fhir.r4.model.Resource resource) {
    return ca.uhn.fhir.context.FhirContext.forR4Cached()
        .newJsonParser()
        .encodeResourceToString(resource);
  }

  private long rows() {
    return jdbc.queryForObject(
        "select (select count(*) from hfj_res_ver) + (select count(*) from work_item)"
            + " + (select count(*) from act_ru_execution)",
        Long.class);
  }
}
