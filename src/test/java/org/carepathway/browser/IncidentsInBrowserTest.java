package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.StumblingStep;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.engine.Deployments;
import org.carepathway.engine.Incidents;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** A step that failed on every try is seen by an administrator, and done again. */
class IncidentsInBrowserTest extends RunningService {

  private static final int ALWAYS = 1000;

  @Autowired private Deployments deployments;
  @Autowired private PathwayEngine engine;
  @Autowired private Incidents incidents;
  @Autowired private Records records;
  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private StumblingStep stumbling;
  @Autowired private TransactionTemplate transaction;
  @Autowired private ServiceClock clock;

  @Test
  void aFailedStepIsTriedAgain() throws Exception {
    deployments.deploy(
        "stumbling",
        Map.of(
            "stumbling.bpmn",
            Files.readString(Path.of("src/test/resources/models/stumbling.bpmn"))));
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("torp-carol.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    stumbling.failNext(ALWAYS);
    try (Visit visit = Browsers.visit()) {
      transaction.executeWithoutResult(
          status -> {
            records.triggeredBy(new Trigger("test-" + UUID.randomUUID(), Agent.SERVICE));
            engine.start("stumbling", "1.0.0", pathway, Map.of("later", true));
          });
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () -> {
                clock.advance(Duration.ofMinutes(11));
                return incidents.open().stream().anyMatch(one -> pathway.equals(one.pathwayId()));
              });
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("admin");
      page.navigate(site.url("/incidents"));
      Locator row =
          page.locator("tbody tr")
              .filter(new Locator.FilterOptions().setHasText(pathway.toString()));
      assertThat(row).containsText("stumbled");
      assertThat(row).containsText("Stumble");
      assertThat(row).containsText("Complete the referral");
      Site.shoot(page, "incidents");

      stumbling.failNext(0);
      row.getByRole(AriaRole.BUTTON).click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("being tried again");
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  worklist.ofPathway(pathway).stream()
                      .anyMatch(item -> item.title().equals("Triage again")));
      page.navigate(site.url("/incidents"));
      assertThat(row).hasCount(0);

      Page other = site.signedIn("coordinator");
      assertThat(other.navigate(site.url("/incidents")).status()).isEqualTo(403);
    } finally {
      stumbling.failNext(0);
    }
  }
}
