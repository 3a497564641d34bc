package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Bodies that would read files, call other machines or keep a processor busy. */
class HostileBodiesTest extends RunningService {

  private static final String JSON = "application/fhir+json";
  private static final String XML = "application/fhir+xml";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String SECRET = "TOPSECRET";
  private static final String EXPANDED = "lol";
  private static final Duration SOON = Duration.ofSeconds(15);

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger called = new AtomicInteger();

  @Autowired private JdbcTemplate jdbc;

  @TempDir Path folder;

  private HttpServer elsewhere;
  private List<String> dtds;
  private String patient;
  private String task;
  private String plan;

  @BeforeEach
  void prepare() throws Exception {
    elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          called.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    elsewhere.start();
    Path secret = Files.writeString(folder.resolve("secret.txt"), SECRET);
    String address = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/x.dtd";
    dtds =
        List.of(
            "<!DOCTYPE d [<!ENTITY x SYSTEM \"%s\">]>".formatted(secret.toUri()),
            "<!DOCTYPE d [<!ENTITY x SYSTEM \"%s\">]>".formatted(address),
            "<!DOCTYPE d SYSTEM \"%s\" [<!ENTITY x \"none\">]>".formatted(address),
            "<!DOCTYPE d [<!ENTITY %% p SYSTEM \"%s\"> %%p;<!ENTITY x \"none\">]>"
                .formatted(address),
            "<!DOCTYPE d [<!ENTITY a \"%1$s%1$s\"><!ENTITY x \"&a;&a;&a;&a;&a;&a;\">]>"
                .formatted(EXPANDED));
    FhirClient fhir = new FhirClient(port());
    patient = fhir.sendPatient("hammes-wilhemina.json");
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    task = fhir.openTasks(referral).get(0).getIdElement().getIdPart();
    plan = fhir.openTasks(referral).get(0).getBasedOnFirstRep().getReferenceElement().getIdPart();
  }

  @AfterEach
  void stop() {
    elsewhere.stop(0);
  }

  @Test
  void xmlPatchIsNotTakenHoweverItIsNamed() throws Exception {
    for (String type :
        List.of(
            "application/xml-patch+xml",
            "APPLICATION/XML-PATCH+XML",
            "application/xml-patch+xml; charset=utf-8",
            "application/xml-patch+xml;fhirVersion=4.0",
            "application/xml",
            "text/xml",
            "text/plain")) {
      for (String dtd : dtds) {
        HttpResponse<String> answer =
            send(
                "PATCH",
                "Patient/" + patient,
                type,
                dtd
                    + "<diff xmlns:f=\"http://hl7.org/fhir\">"
                    + "<replace sel=\"f:Patient/f:name/f:family/@value\">&x;</replace></diff>");
        assertThat(answer.statusCode()).as(type + answer.body()).isEqualTo(415);
        assertThat(answer.body()).contains("OperationOutcome", "application/json-patch+json");
      }
    }
    nothingWasRead();
  }

  @Test
  void aDtdIsTakenOnNoWayIn() throws Exception {
    String name = "<name><family value=\"&x;\"/></name>";
    String inPatient = "<Patient xmlns=\"http://hl7.org/fhir\">%s</Patient>";
    String answers =
        "<QuestionnaireResponse xmlns=\"http://hl7.org/fhir\"><item><linkId value=\"a\"/>"
            + "<answer><valueString value=\"&x;\"/></answer></item></QuestionnaireResponse>";
    String parameters =
        "<Parameters xmlns=\"http://hl7.org/fhir\"><parameter><name value=\"%s\"/>%s</parameter></Parameters>";
    String entry =
        "<entry><resource>%s</resource><request><method value=\"%s\"/><url value=\"%s\"/></request></entry>";
    String bundle = "<Bundle xmlns=\"http://hl7.org/fhir\"><type value=\"%s\"/>%s</Bundle>";
    String posted = entry.formatted(inPatient.formatted(name), "POST", "Patient");
    String patch =
        entry.formatted(
            "<Binary><contentType value=\"application/xml-patch+xml\"/><data value=\"%s\"/></Binary>"
                .formatted(
                    Base64.getEncoder()
                        .encodeToString((dtds.get(0) + "<diff>&x;</diff>").getBytes())),
            "PATCH",
            "Patient/" + patient);
    for (String dtd : dtds) {
      for (String type : List.of(XML, "Application/FHIR+XML; charset=UTF-8", "text/xml", JSON)) {
        refused(send("POST", "Patient", type, dtd + inPatient.formatted(name)));
      }
      String withId = "<id value=\"" + patient + "\"/>" + name;
      refused(send("PUT", "Patient/" + patient, XML, dtd + inPatient.formatted(withId)));
      refused(send("POST", "Patient/$validate", XML, dtd + inPatient.formatted(name)));
      refused(
          send(
              "POST",
              "Patient/$validate",
              XML,
              dtd
                  + parameters.formatted(
                      "resource", "<resource>" + inPatient.formatted(name) + "</resource>")));
      refused(send("POST", "", XML, dtd + bundle.formatted("transaction", posted)));
      refused(send("POST", "", XML, dtd + bundle.formatted("batch", posted)));
      String response =
          dtd + parameters.formatted("response", "<resource>" + answers + "</resource>");
      refused(send("POST", "Task/" + task + "/$complete", XML, response));
      refused(send("POST", "CarePlan/" + plan + "/$report", XML, response));
      refused(
          send(
              "PATCH",
              "Patient/" + patient,
              XML,
              dtd + parameters.formatted("operation", "<valueString value=\"&x;\"/>")));
      String narrative = (dtd + "<div xmlns='http://www.w3.org/1999/xhtml'>&x;</div>");
      refused(
          send(
              "POST",
              "Patient",
              JSON,
              "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"%s\"}}"
                  .formatted(narrative.replace("\"", "\\\""))));
      refused(
          send(
              "PATCH",
              "Patient/" + patient,
              JSON_PATCH,
              "[{\"op\":\"add\",\"path\":\"/text\",\"value\":{\"status\":\"generated\",\"div\":\"%s\"}}]"
                  .formatted(narrative.replace("\"", "\\\""))));
    }
    refused(send("POST", "", XML, bundle.formatted("transaction", patch)));
    // Each entry of a batch is answered by itself.
    assertThat(send("POST", "", XML, bundle.formatted("batch", patch)).body())
        .contains("415 Unsupported Media Type", "OperationOutcome")
        .doesNotContain("200 OK");
    nothingWasRead();
  }

  @Test
  void theCapabilitiesPromiseNoXmlPatch() throws Exception {
    assertThat(send("GET", "metadata?_elements=patchFormat", JSON, null).body())
        .contains(JSON_PATCH)
        .doesNotContain("xml-patch");
  }

  @Test
  void aNumberThatIsTooLargeIsRefusedOnEveryWayIn() throws Exception {
    String observation = create("5");
    for (String number : List.of("1e1000000", "1e50000", "-1e-50000", "9".repeat(200_000))) {
      String json = observation(number, "");
      tooLarge(send("POST", "Observation", JSON, json));
      tooLarge(send("POST", "Observation", JSON, observation('"' + number + '"', "")));
      tooLarge(send("POST", "Observation", XML, xml(number)));
      tooLarge(send("POST", "Observation", "text/plain", json));
      tooLarge(send("POST", "Observation/$validate", JSON, json));
      tooLarge(send("POST", "Observation/$validate", XML, xml(number)));
      tooLarge(
          send(
              "PUT",
              "Observation/" + observation,
              JSON,
              observation(number, "\"id\":\"" + observation + "\",")));
      String extension =
          "\"extension\":[{\"url\":\"https://example.org/x\",\"valueDecimal\":" + number + "}],";
      tooLarge(send("POST", "Observation", JSON, observation("5", extension)));
      tooLarge(
          send("POST", "Observation", JSON, observation("5", "\"contained\":[" + json + "],")));
      for (String type : List.of("transaction", "batch")) {
        tooLarge(
            send(
                "POST",
                "",
                JSON,
                """
                {"resourceType":"Bundle","type":"%s","entry":[{"resource":%s,
                "request":{"method":"POST","url":"Observation"}}]}"""
                    .formatted(type, json)));
      }
      String quantity = "\"valueQuantity\":{\"value\":" + number + "}";
      tooLarge(send("POST", "Task/" + task + "/$complete", JSON, answers(quantity)));
      tooLarge(
          send(
              "POST",
              "CarePlan/" + plan + "/$report",
              JSON,
              answers("\"valueDecimal\":\"" + number + '"')));
      tooLarge(
          send(
              "PATCH",
              "Observation/" + observation,
              JSON_PATCH,
              "[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":%s}]"
                  .formatted(number)));
      tooLarge(
          send(
              "PATCH",
              "Observation/" + observation,
              JSON_PATCH,
              "[{\"op\":\"replace\",\"path\":\"/valueQuantity/value\",\"value\":\"%s\"}]"
                  .formatted(number)));
      tooLarge(
          send("PATCH", "Observation/" + observation, JSON, patch("\"valueDecimal\":" + number)));
    }
    HttpResponse<String> asText =
        send("PATCH", "Observation/" + observation, JSON, patch("\"valueString\":\"1e50000\""));
    assertThat(asText.statusCode()).as(asText.body()).isBetween(400, 422);
    HttpResponse<String> search = send("GET", "Observation?value-quantity=gt1e1000000", JSON, null);
    assertThat(search.statusCode()).as(search.body()).isEqualTo(400);
    assertThat(search.body()).contains("value-quantity", "40 digits");
    assertThat(send("GET", "Observation/" + observation, JSON, null).body())
        .contains("\"value\":5");
  }

  /** Numbers of devices and people look like numbers, and are none. */
  @Test
  void aCodeThatLooksLikeALargeNumberIsTaken() throws Exception {
    HttpResponse<String> stored =
        send(
            "POST",
            "Observation",
            JSON,
            observation("5", "\"identifier\":[{\"value\":\"12E450\"}],"));
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
  }

  @Test
  void oneResourceThatCannotBeReadHidesNoOther() throws Exception {
    String good = create("7");
    String bad = stored(observation("8", "").replace("2026-11-01", "2026-11-02"));
    jdbc.update(
        """
        update hfj_res_ver set res_text = null, res_encoding = 'JSON', res_text_vc = ?
        where res_id = (select res_id from hfj_resource where fhir_id = ?)""",
        observation("1e1000000000000", ""),
        bad);

    HttpResponse<String> found =
        send("GET", "Observation?patient=Patient/" + patient + "&_count=200", JSON, null);
    assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
    assertThat(found.body())
        .contains(good, "OperationOutcome", "Observation/" + bad, "cannot be read");
    assertThat(found.headers().firstValue("Warning"))
        .hasValueSatisfying(w -> assertThat(w).contains(bad));
    HttpResponse<String> included =
        send("GET", "Observation?_id=" + bad + ',' + good + "&_include=*", JSON, null);
    assertThat(included.statusCode()).as(included.body()).isEqualTo(200);
    assertThat(included.body()).contains(good);
    HttpResponse<String> read = send("GET", "Observation/" + bad, JSON, null);
    assertThat(read.statusCode()).as(read.body()).isEqualTo(500);
    assertThat(read.body()).contains("Observation/" + bad, "cannot be read");

    HttpResponse<String> form = send("GET", "Task/" + task + "/$populate", JSON, null);
    assertThat(form.statusCode()).as(form.body()).isEqualTo(200);
    assertThat(form.headers().firstValue("Warning")).isPresent();
    String pathway =
        jdbc.queryForObject(
            "select pathway_id::text from work_item where id = ?::uuid", String.class, task);
    Caller referrer = new Caller(port(), "referrer").signIn();
    for (String page : List.of("/tasks/" + task, "/pathways/" + pathway + "?tab=measures")) {
      HttpResponse<String> shown = referrer.page(page);
      assertThat(shown.statusCode()).as(page).isEqualTo(200);
      assertThat(shown.body()).as(page).contains("Observation/" + bad, "missing on this page");
    }
  }

  private void nothingWasRead() throws Exception {
    assertThat(called).as("calls to another machine").hasValue(0);
    assertThat(
            jdbc.queryForObject(
                "select count(*) from hfj_res_ver where res_text_vc like any (array[?, ?])",
                Long.class,
                '%' + SECRET + '%',
                '%' + EXPANDED.repeat(3) + '%'))
        .isZero();
    assertThat(send("GET", "Patient/" + patient, JSON, null).body())
        .doesNotContain(SECRET, EXPANDED);
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isBetween(400, 422);
    assertThat(answer.body())
        .contains("OperationOutcome")
        .doesNotContain(SECRET, EXPANDED.repeat(3));
  }

  private static void tooLarge(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.request() + answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("40 digits").containsPattern("value|valueDecimal");
    assertThat(answer.body().length()).isLessThan(2_000);
  }

  private String create(String number) throws Exception {
    return stored(observation(number, ""));
  }

  private String stored(String observation) throws Exception {
    HttpResponse<String> stored = send("POST", "Observation", JSON, observation);
    assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
    return stored
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceAll(".*Observation/|/_hist.*", "");
  }

  private String observation(String number, String more) {
    return """
        {"resourceType":"Observation",%s"status":"final","category":[{"coding":[{
        "system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"38267-1"}]},
        "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-11-01",
        "valueQuantity":{"value":%s}}"""
        .formatted(more, patient, number);
  }

  private String xml(String number) {
    return """
        <Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="INR"/></code>
        <subject><reference value="Patient/%s"/></subject>
        <valueQuantity><value value="%s"/></valueQuantity></Observation>"""
        .formatted(patient, number);
  }

  private static String answers(String value) {
    return """
        {"resourceType":"Parameters","parameter":[{"name":"response","resource":{
        "resourceType":"QuestionnaireResponse","status":"completed",
        "item":[{"linkId":"x","answer":[{%s}]}]}}]}"""
        .formatted(value);
  }

  private static String patch(String value) {
    return """
        {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
        {"name":"type","valueCode":"replace"},
        {"name":"path","valueString":"Observation.value.value"},{"name":"value",%s}]}]}"""
        .formatted(value);
  }

  /** As one who may send patients in; nothing that is sent here may take long. */
  private HttpResponse<String> send(String method, String path, String type, String body)
      throws Exception {
    String basic =
        Base64.getEncoder().encodeToString("referrer:referrer".getBytes(StandardCharsets.UTF_8));
    Instant begin = Instant.now();
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/fhir/" + path))
                .headers("Authorization", "Basic " + basic, "Content-Type", type)
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
    assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
    return answer;
  }
}
