package org.carepathway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.carepathway.keycloak.KeycloakServer;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * The whole service with its own PostgreSQL. Every integrated test extends this class and nothing
 * else, so that the suite starts one application context.
 */
@Tag("service")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "carepathway.demo.cohort=false",
      "carepathway.content.allow-change=true",
      "carepathway.hl7.feeds.ehr.port=0",
      "management.prometheus.metrics.export.enabled=true",
      // A round when a test wants one, and of the patients of such tests only.
      "carepathway.demo.ehr=true",
      "carepathway.demo.ehr-port=0",
      "carepathway.fhir.feeds.demo-ehr.interval=1h",
      "carepathway.fhir.feeds.demo-ehr.overlap=0s",
      "carepathway.fhir.feeds.demo-ehr.budget=100000",
      "carepathway.fhir.feeds.demo-ehr.resources=AllergyIntolerance,Condition,MedicationRequest,"
          + "Observation,Encounter,DiagnosticReport,Appointment",
      "carepathway.fhir.feeds.demo-ehr.patients=" + RunningService.EHR_NUMBERS,
      "carepathway.fhir.feeds.demo-ehr.notifications.secret=" + RunningService.EHR_SECRET,
      "carepathway.fhir.feeds.demo-ehr.notifications.subscriptions="
          + "Subscription/s1,Subscription/s2,Subscription/s3",
      "carepathway.fhir.feeds.demo-ehr.notifications.heartbeat=1h",
      "carepathway.cds-hooks.clients.demo-ehr.patients=" + RunningService.EHR_NUMBERS,
      "carepathway.launch.ehrs.demo-ehr.patients=" + RunningService.EHR_NUMBERS,
      "carepathway.cds-hooks.clients.demo-ehr.origins=https://ehr.example.org",
      // Nobody waits two minutes for an endpoint that a test lets fail.
      "carepathway.subscriptions.give-up=3s",
      "carepathway.subscriptions.pause=100ms",
      "carepathway.open-times.publish=true",
      "carepathway.open-times.line=1 Sample Street",
      "carepathway.open-times.city=Sampleton",
      "carepathway.open-times.state=MA",
      "carepathway.open-times.postal-code=01000",
      "carepathway.open-times.phone=555-0100",
      "carepathway.outreach.staff[0].role=ir-physician",
      "carepathway.outreach.staff[0].mail=on-call@example.org",
      "carepathway.outreach.staff[1].role=integration",
      "carepathway.outreach.staff[1].mail=interfaces@example.org",
      "carepathway.access.proxies=127\\.0\\.0\\.1",
      "carepathway.access.origins=" + RunningService.OTHER_ORIGIN,
      "carepathway.sign-in.secret=" + KeycloakServer.CLIENT_SECRET
    })
@ActiveProfiles({"demo", "engine-apis"})
@Import(RunningService.TestVocabulary.class)
public abstract class RunningService {

  /** From where pages of others may call {@code /fhir}. */
  protected static final String OTHER_ORIGIN = "https://apps.example.org";

  /** With which the demo's EHR would sign in to tell something. */
  protected static final String EHR_SECRET = "the-secret-of-an-ehr";

  /** The numbers by which the demo's EHR knows patients of tests. */
  protected static final String EHR_NUMBERS = "urn:test:ehr-numbers";

  protected static final Path DATA = OwnFolder.of("test-data");

  /** Code of a role to the demo user, whose password is the name. */
  protected static final Map<String, String> USERS =
      Map.of(
          "referrer", "referrer",
          "coordinator", "coordinator",
          "ir-physician", "physician",
          "ir-nurse", "nurse",
          "fls", "fls",
          "scheduler", "scheduler");

  /** The vocabulary and one word more, to fail on purpose. */
  @TestConfiguration(proxyBeanMethods = false)
  static class TestVocabulary {

    @Bean
    StumblingStep stumblingStep() {
      return new StumblingStep();
    }
  }

  /**
   * Nothing is left of an earlier run. Both ways to sign in are offered; a test that signs in at
   * Keycloak starts it.
   */
  @DynamicPropertySource
  static void begin(DynamicPropertyRegistry properties) throws IOException {
    FileSystemUtils.deleteRecursively(DATA);
    properties.add("carepathway.database.directory", DATA::toString);
    properties.add("carepathway.sign-in.issuer", KeycloakServer::issuer);
  }

  @LocalServerPort private int port;

  protected int port() {
    return port;
  }
}
