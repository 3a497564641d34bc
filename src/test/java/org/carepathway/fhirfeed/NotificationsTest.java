package org.carepathway.fhirfeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ca.uhn.fhir.context.FhirContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.ehr.EhrServers;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.security.Caller;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an EHR tells by itself is taken, and what it leaves out is asked for. */
class NotificationsTest extends RunningService {

  private static final String FEED = "demo-ehr";

  @Autowired private ApplicationContext context;
  @Autowired private Poller poller;
  @Autowired private EhrServers servers;
  @Autowired private JdbcTemplate jdbc;

  private final String number = "B" + UUID.randomUUID().toString().substring(0, 8);
  private FhirClient fhir;
  private RunningEhr ehr;

  @BeforeEach
  void begin() {
    fhir = new FhirClient(port());
    ehr = RunningEhr.of(context);
    jdbc.update("delete from fhir_subscription where feed = ?", FEED);
  }

  private String travelling() throws Exception {
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    fhir.as("referrer").update().resource(here).execute();
    fhir.refer(id);
    ehr.put(theirs());
    return id;
  }

  private Patient theirs() {
    Patient there = new Patient();
    there.setId("e-" + number);
    there.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    there.addName().setFamily("Told" + number);
    return there;
  }

  private Observation value(String id) {
    Observation observation = new Observation();
    observation.setId(id + '-' + number);
    observation.setStatus(Observation.ObservationStatus.FINAL);
    observation.getCode().setText("Told");
    observation.getSubject().setReference("Patient/e-" + number);
    observation.setValue(new StringType(id));
    return observation;
  }

  /**
   * @param events numbers and what has changed, in turn
   */
  private Bundle notification(String subscription, String type, String since, Object... events) {
    Parameters status = new Parameters();
    status
        .addParameter()
        .setName("subscription")
        .setValue(new Reference(servers.server(FEED).base() + "/Subscription/" + subscription));
    status.addParameter().setName("status").setValue(new CodeType("active"));
    status.addParameter().setName("type").setValue(new CodeType(type));
    status
        .addParameter()
        .setName("events-since-subscription-start")
        .setValue(new StringType(since));
    Bundle bundle = new Bundle().setType(Bundle.BundleType.HISTORY);
    bundle.addEntry().setResource(status);
    for (int i = 0; i < events.length; i += 2) {
      ParametersParameterComponent event = status.addParameter().setName("notification-event");
      event.addPart().setName("event-number").setValue(new StringType(events[i].toString()));
      String focus =
          events[i + 1] instanceof Resource whole
              ? whole.fhirType() + '/' + whole.getIdElement().getIdPart()
              : events[i + 1].toString();
      event.addPart().setName("focus").setValue(new Reference(focus));
      if (events[i + 1] instanceof Resource whole) {
        bundle.addEntry().setResource(whole);
      }
    }
    return bundle;
  }

  private HttpResponse<String> post(String feed, String secret, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + port() + "/notifications/" + feed))
                .header("Content-Type", "application/fhir+json")
                .header("Authorization", "Bearer " + secret)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private void tell(Bundle bundle) throws Exception {
    assertThat(
            post(
                    FEED,
                    EHR_SECRET,
                    FhirContext.forR4Cached().newJsonParser().encodeResourceToString(bundle))
                .statusCode())
        .isEqualTo(200);
  }

  private void settled(String id, String state) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        jdbc.queryForList(
                            "select state from inbox_message where source = ? and message_id like ?",
                            String.class,
                            FEED,
                            "Observation/" + id + '-' + number + "/%"))
                    .containsExactly(state));
  }

  private int gaps(String subscription) {
    return jdbc.queryForObject(
        "select gaps from fhir_subscription where feed = ? and subscription = ?",
        Integer.class,
        FEED,
        "Subscription/" + subscription);
  }

  @Test
  void whatIsToldOfIsReadOrTakenAndWhatIsLeftOutIsAskedFor() throws Exception {
    travelling();
    tell(notification("s1", "handshake", "0"));
    ehr.put(value("named"));
    tell(notification("s1", "event-notification", "1", 1, "Observation/named-" + number));
    settled("named", "done");

    Observation whole = value("whole");
    whole.getMeta().setVersionId("1");
    tell(notification("s1", "event-notification", "2", 2, whole));
    settled("whole", "done");
    tell(notification("s1", "event-notification", "2", 2, whole));
    tell(notification("s1", "heartbeat", "2"));
    settled("whole", "done");
    assertThat(gaps("s1")).isZero();

    ehr.put(value("left-out"));
    tell(notification("s1", "heartbeat", "3"));
    settled("left-out", "done");
    assertThat(gaps("s1")).isOne();

    ehr.put(value("lost"));
    ehr.put(value("after"));
    tell(notification("s1", "event-notification", "5", 5, "Observation/after-" + number));
    settled("lost", "done");
    settled("after", "done");
    assertThat(gaps("s1")).isEqualTo(2);

    String page = new Caller(port(), "ehr").signIn().page("/feeds/table").body();
    assertThat(page)
        .contains("Subscription/s1 is active: event 5, 2 gaps")
        .doesNotContain("no heartbeat");
    jdbc.update("update fhir_subscription set heard_at = now() - interval '2 hours'");
    assertThat(new Caller(port(), "ehr").signIn().page("/feeds/table").body())
        .contains("no heartbeat");
  }

  @Test
  void ofWhoIsNotKnownHereItWaits() throws Exception {
    ehr.put(theirs());
    ehr.put(value("stranger"));
    tell(notification("s2", "event-notification", "1", 1, "Observation/stranger-" + number));
    settled("stranger", "held");

    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(number);
    fhir.as("referrer").update().resource(here).execute();
    settled("stranger", "done");
  }

  @Test
  void aSubscriptionThatBeginsAnewIsAskedForAll() throws Exception {
    tell(notification("s3", "event-notification", "1", 1, "Observation/nothing"));
    tell(notification("s3", "handshake", "0"));
    assertThat(gaps("s3")).isOne();
    tell(notification("s3", "event-notification", "1", 1, "Observation/nothing"));
    assertThat(gaps("s3")).isOne();
  }

  @Test
  void whoIsNotTheEhrAndWhatIsNoNotificationIsRefused() throws Exception {
    String handshake =
        FhirContext.forR4Cached()
            .newJsonParser()
            .encodeResourceToString(notification("s1", "handshake", "0"));
    assertThat(post(FEED, "another-secret-of-mine", handshake).statusCode()).isEqualTo(401);
    assertThat(post("nobody", EHR_SECRET, handshake).statusCode()).isEqualTo(401);
    for (String body : List.of("", "hello", "<Bundle/>", "{\"resourceType\":\"Patient\"}")) {
      HttpResponse<String> answer = post(FEED, EHR_SECRET, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("OperationOutcome", "This is no notification");
    }
    HttpResponse<String> unknown = post(FEED, EHR_SECRET, handshake.replace("/s1", "/other"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body())
        .contains("carepathway.fhir.feeds.demo-ehr.notifications.subscriptions");
    assertThat(
            jdbc.queryForObject(
                "select count(*) from fhir_subscription where feed = ?", Long.class, FEED))
        .isZero();
  }
}
