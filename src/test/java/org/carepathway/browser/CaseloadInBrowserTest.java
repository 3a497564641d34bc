package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.waiting.WaitingUpkeep;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * A coordinator looks over the patients: sorts, narrows, names who looks after one, takes a file.
 */
class CaseloadInBrowserTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private WaitingUpkeep waits;

  @Test
  void patientsAreOverseen() throws Exception {
    UUID imaging = refer("boehm-cassaundra.json", 2);
    UUID triage = refer("king-eddie.json", 1);
    waits.look();
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("coordinator");
      page.navigate(site.url("/pathways"));
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Started")).click();
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Started")).click();
      assertThat(page.locator("th[aria-sort=descending]")).hasText("Started");
      assertThat(page.locator("#case-" + imaging)).containsText("Imaging");
      assertThat(page.locator("#case-" + triage)).containsText("Triage the referral");
      assertThat(page.locator("#case-" + triage)).containsText("0 days");
      looks(page, "caseload");
      assertThat(rowHeight(page)).isLessThanOrEqualTo(40);

      page.locator("#stage").selectOption("Imaging");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show")).click();
      page.waitForURL("**stage=Imaging**");
      assertThat(page.locator("#case-" + imaging)).hasCount(1);
      assertThat(page.locator("#case-" + triage)).hasCount(0);

      page.navigate(site.url("/pathways/" + triage));
      assertThat(page.locator(".stage-current")).containsText("Referral and triage");
      assertThat(page.locator(".coordinator")).containsText("nobody yet");
      page.locator("#wait > summary").click();
      assertThat(page.locator("#wait")).containsText("Waits since today");
      assertThat(page.locator("#wait tbody tr")).containsText("Referral received");
      looks(page, "patient-with-stages");
      page.locator("details:has(form[action$='/coordinator']) > summary").click();
      page.waitForNavigation(
          () -> page.locator("form[action$='/coordinator'] button[type=submit]").click());
      assertThat(page.locator(".coordinator")).not().containsText("nobody yet");
      page.navigate(site.url("/pathways?view=mine&sort=-started"));
      assertThat(page.locator("#case-" + triage)).hasCount(1);

      Path file = page.waitForDownload(() -> page.locator("a[href*='list.csv']").click()).path();
      assertThat(Files.readString(file)).contains("King").contains("Triage the referral");
    }
  }

  private static double rowHeight(Page page) {
    return ((Number)
            page.evaluate(
                "Math.min(...[...document.querySelectorAll('.dense tbody tr')]"
                    + ".map(row => row.getBoundingClientRect().height))"))
        .doubleValue();
  }

  private static void looks(Page page, String name) {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {1280, 360}) {
        page.setViewportSize(width, 800);
        Site.shoot(page, "%s-%d-%s".formatted(name, width, scheme.name().toLowerCase()));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(name + " on " + width)
            .isTrue();
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(1280, 800);
  }

  private UUID refer(String patient, int answers) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient(patient)).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    HappyPath.scenario().steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .limit(answers)
        .forEach(answer -> player.play(pathway, answer));
    return pathway;
  }
}
