package org.carepathway.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An EHR starts us for its user and the patient whose chart is open. */
class LaunchTest extends RunningService {

  private static String ehrId;
  private static UUID pathway;

  @Autowired private ApplicationContext context;
  @Autowired private Pathways pathways;
  @Autowired private JdbcTemplate jdbc;

  private RunningEhr ehr;
  private final HttpClient browser = browser();

  private static HttpClient browser() {
    return HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  }

  @BeforeEach
  void patient() throws Exception {
    ehr = RunningEhr.of(context);
    if (pathway == null) {
      ehrId = "l-" + UUID.randomUUID();
      pathway = referred(ehrId);
    }
  }

  private UUID referred(String id) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String here = fhir.sendPatient("klein-genevie.json");
    Patient patient = fhir.as("referrer").read().resource(Patient.class).withId(here).execute();
    patient.addIdentifier().setSystem(EHR_NUMBERS).setValue(id);
    fhir.as("referrer").update().resource(patient).execute();
    ehr.put(there(id));
    return pathways.ofReferral(fhir.refer(here).getIdElement().getIdPart()).orElseThrow().id();
  }

  private static Patient there(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    patient.addIdentifier().setSystem(EHR_NUMBERS).setValue(id);
    return patient;
  }

  private HttpResponse<String> get(URI address) throws Exception {
    return get(browser, address);
  }

  private static HttpResponse<String> get(HttpClient from, URI address) throws Exception {
    return from.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI here(String path) {
    return URI.create("http://localhost:" + port() + path);
  }

  private URI launch(String iss, String launch) {
    return here(
        "/launch?iss="
            + URLEncoder.encode(iss, StandardCharsets.UTF_8)
            + "&launch="
            + URLEncoder.encode(launch, StandardCharsets.UTF_8));
  }

  private static URI location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  /** As far as the EHR sends the browser back to. */
  private URI sentBack(String patient, String user, String card) throws Exception {
    URI authorize = location(get(launch(ehr.base(), ehr.begin(patient, user, card))));
    assertThat(authorize.toString()).startsWith(ehr.base() + "/authorize?");
    return location(get(authorize));
  }

  private HttpResponse<String> launched(String patient, String user, String card) throws Exception {
    return get(sentBack(patient, user, card));
  }

  @Test
  void thePatientWhoseChartIsOpenIsShownToTheUserWhomTheEhrNames() throws Exception {
    URI to = location(launched(ehrId, "physician", null));

    assertThat(to.getPath()).isEqualTo("/pathways/" + pathway);
    HttpResponse<String> page = get(here(to.getPath()));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Dr. Ilya Physician");
  }

  @Test
  void thePagesOfTheLaunchMayStandInTheFrameOfThatEhrOnly() throws Exception {
    launched(ehrId, "physician", null);
    HttpResponse<String> page = get(here("/pathways/" + pathway));

    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .endsWith("frame-ancestors 'self' " + ehr.issuer());
    assertThat(page.headers().firstValue("X-Frame-Options")).isEmpty();
    assertThat(get(browser(), here("/login")).headers().firstValue("X-Frame-Options"))
        .hasValue("DENY");
  }

  @Test
  void withoutAPatientOneIsChosen() throws Exception {
    assertThat(location(launched(null, "physician", null)).getPath()).isEqualTo("/patients");
    assertThat(get(here("/patients")).statusCode()).isEqualTo(200);
  }

  @Test
  void aPatientWhoIsNotHereIsToldAsSuch() throws Exception {
    String unknown = "u-" + UUID.randomUUID();
    ehr.put(there(unknown));

    HttpResponse<String> page = launched(unknown, "physician", null);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("is on no pathway that you can see here");
  }

  @Test
  void aUserWhoIsNobodyHereIsRefusedAndNotSignedIn() throws Exception {
    HttpResponse<String> page = launched(ehrId, "visitor", null);

    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("nobody with a role is known here by that name");
    assertThat(location(get(here("/worklist"))).getPath()).isEqualTo("/login");
  }

  @Test
  void aUserWithoutANumberOfOursOrWithTwoIsNobody() throws Exception {
    Practitioner several = new Practitioner();
    several.setId("several");
    for (String name : new String[] {"physician", "nurse"}) {
      several.addIdentifier().setSystem("https://carepathway.org/fhir/user").setValue(name);
    }
    ehr.put(several);
    assertThat(launched(ehrId, "several", null).statusCode()).isEqualTo(403);
    Practitioner gone = new Practitioner();
    gone.setId("gone");
    gone.setActive(false);
    gone.addIdentifier().setSystem("https://carepathway.org/fhir/user").setValue("physician");
    ehr.put(gone);
    assertThat(launched(ehrId, "gone", null).statusCode()).isEqualTo(403);
  }

  @Test
  void whoMayNotSeeThePatientIsNotToldOfThem() throws Exception {
    Practitioner south = new Practitioner();
    south.setId("south");
    south.addIdentifier().setSystem("https://carepathway.org/fhir/user").setValue("south");
    ehr.put(south);

    HttpResponse<String> page = launched(ehrId, "south", null);
    assertThat(page.body())
        .contains("is on no pathway that you can see here")
        .doesNotContain(pathway.toString());
  }

  @Test
  void noOtherEhrIsAskedAnything() throws Exception {
    HttpResponse<String> page = get(launch("https://elsewhere.example.org/fhir", "x"));
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("is not known here");
    assertThat(get(launch(ehr.base(), "")).statusCode()).isEqualTo(400);
  }

  @Test
  void aLaunchGoesOnInTheBrowserThatBeganItAndOnce() throws Exception {
    URI back = sentBack(ehrId, "physician", null);
    HttpResponse<String> other = get(browser(), back);
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("began in another window");

    assertThat(get(back).statusCode()).isEqualTo(302);
    assertThat(get(back).statusCode()).as("again").isEqualTo(400);
    assertThat(get(here("/launch/callback?error=access_denied&state=x")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void anEhrThatDoesNotLetTheUserGoOnIsBelieved() throws Exception {
    URI authorize = location(get(launch(ehr.base(), ehr.begin(ehrId, "physician", null))));
    String state = authorize.getQuery().replaceFirst(".*[?&]?state=([^&]+).*", "$1");

    HttpResponse<String> page = get(here("/launch/callback?error=access_denied&state=" + state));
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.body()).contains("did not let you go on");
  }

  @Test
  void aCodeThatTheEhrDoesNotKnowSignsNobodyIn() throws Exception {
    URI authorize = location(get(launch(ehr.base(), ehr.begin(ehrId, "physician", null))));
    String state = authorize.getQuery().replaceFirst(".*[?&]?state=([^&]+).*", "$1");

    assertThat(get(here("/launch/callback?code=made-up&state=" + state)).statusCode())
        .isEqualTo(502);
    assertThat(location(get(here("/worklist"))).getPath()).isEqualTo("/login");
  }

  @Test
  void aCardLeadsToItsTaskAndNeverToAnotherPatients() throws Exception {
    String task =
        jdbc.queryForObject(
            "select id::text from work_item where pathway_id = ? and status = 'ready' limit 1",
            String.class,
            pathway);
    String card = "{\"task\":\"%s\"}".formatted(task);
    assertThat(location(launched(ehrId, "referrer", card)).getPath()).isEqualTo("/tasks/" + task);
    assertThat(
            location(launched(ehrId, "referrer", "{\"pathway\":\"%s\"}".formatted(pathway)))
                .getPath())
        .isEqualTo("/pathways/" + pathway);

    String other = "o-" + UUID.randomUUID();
    UUID theirs = referred(other);
    assertThat(location(launched(other, "referrer", card)).getPath())
        .as("the task is not of the patient whose chart is open")
        .isEqualTo("/pathways/" + theirs);
    assertThat(location(launched(other, "referrer", "of another app")).getPath())
        .isEqualTo("/pathways/" + theirs);
  }

  @Test
  void theSessionOfBeforeIsGone() throws Exception {
    launched(ehrId, "nurse", null);
    assertThat(get(here("/pathways/" + pathway)).body()).contains("Nora Nurse");
    launched(ehrId, "physician", null);
    assertThat(get(here("/pathways/" + pathway)).body())
        .contains("Dr. Ilya Physician")
        .doesNotContain("Nora Nurse");
  }

  @Test
  void theSignInIsInTheAudit() throws Exception {
    launched(ehrId, "physician", null);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForObject(
                            """
                            select count(*) from audit_event
                            where kind = 'login' and who = 'physician' and succeeded
                              and about = 'GET /launch/callback'""",
                            Long.class))
                    .isPositive());
  }
}
