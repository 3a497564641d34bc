package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import org.carepathway.RunningService;
import org.carepathway.bench.ManyPatients;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A day of a coordinator who looks after 300 patients: one of them is found by the month of birth
 * and called, a lot number is corrected, a colleague's patients are taken over, and who waits
 * longest is on top.
 */
class CoordinatorsDayTest extends RunningService {

  private static final int OTHERS = 300;
  private static final String AWAY = "carla-away";

  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private Worklist worklist;
  @Autowired private JdbcClient jdbc;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  private Patient patient;
  private Pathway treated;

  @Test
  void aDayWithThreeHundredPatients() throws Exception {
    treated = refer("boehm-cassaundra.json");
    playUntil("ObserveRecovery");
    looksAfter(AWAY, "Carla Away", treated);
    ManyPatients others = new ManyPatients(jdbc, treated.id());
    others.add(OTHERS, "coordinator");
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("coordinator");
      isFoundByTheMonthOfBirthAndCalled(page, site);
      aLotNumberIsCorrected(site.signedIn("physician"), site);
      aColleaguesPatientsAreTakenOver(page, site);
      whoWaitsLongestIsOnTop(page, site);
    } finally {
      others.remove();
      jdbc.sql("delete from pathway_coordinator where name = :name").param("name", AWAY).update();
    }
  }

  private void isFoundByTheMonthOfBirthAndCalled(Page page, Site site) {
    page.navigate(site.url("/worklist"));
    LocalDate born = LocalDate.parse(patient.getBirthDateElement().getValueAsString());
    page.keyboard().press("/");
    assertThat(page.locator("#find")).isFocused();
    page.keyboard().type("%d/%d".formatted(born.getMonthValue(), born.getYear()));
    page.keyboard().press("Enter");
    page.waitForURL("**/patients");
    Locator found = page.locator("#patient-" + patient.getIdPart());
    assertThat(found).isVisible();
    Site.shoot(page, "day-found");
    found.locator("a").first().click();
    page.waitForURL("**/pathways/" + treated.id());
    assertThat(page.locator(".patient .phones a").first()).hasAttribute("href", "tel:+15550199");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("red flag")).click();
    page.waitForURL("**/report/RedFlagReported");
    assertThat(page.locator(".patient .phones a").first()).hasAttribute("href", "tel:+15550199");
    Site.shoot(page, "day-call");
  }

  /** It was entered by the physician, who has the role of that form. */
  private void aLotNumberIsCorrected(Page page, Site site) {
    WorkItem done =
        worklist.ofPathway(treated.id()).stream()
            .filter(item -> item.element().equals("PerformProcedure"))
            .findFirst()
            .orElseThrow();
    page.navigate(site.url("/tasks/" + done.id() + "/amend"));
    page.locator("[data-link-id=cement-lot] input").fill("LOT-DAY");
    page.locator("#amend-reason").fill("Read from the wrong box");
    page.locator("form.answers button[type=submit]").last().click();
    page.waitForURL("**/pathways/" + treated.id());
    assertThat(page.locator(".correction")).containsText("LOT-DAY");
    assertThat(worklist.ofPathway(treated.id()))
        .as("no decision rests on a lot number: nobody is asked")
        .noneMatch(item -> item.element().equals("WeighNews"));
  }

  private void aColleaguesPatientsAreTakenOver(Page page, Site site) throws Exception {
    page.navigate(site.url("/pathways?view=mine"));
    // Other tests leave patients to the coordinator too.
    int mine = Integer.parseInt(page.locator(".nav-tabs .active .count").innerText().strip());
    assertThat(mine).isGreaterThanOrEqualTo(OTHERS);
    page.locator(".hand-over > summary").click();
    page.locator("#hand-from").selectOption(AWAY);
    assertThat(page.locator("#hand-from option:checked")).hasText("Carla Away (1)");
    page.locator("#hand-to").selectOption("coordinator");
    Site.shoot(page, "day-hand-over");
    page.waitForNavigation(() -> page.locator(".hand-over button[type=submit]").click());
    assertThat(page.locator("main [role=status]").first()).containsText("One patient is");
    page.navigate(site.url("/pathways?view=mine"));
    assertThat(page.locator(".nav-tabs .active .count")).hasText(String.valueOf(mine + 1));
    Path file = page.waitForDownload(() -> page.locator("a[href*='list.csv']").click()).path();
    assertThat(Files.readAllLines(file)).hasSize(mine + 2);
  }

  private static void whoWaitsLongestIsOnTop(Page page, Site site) {
    page.navigate(site.url("/pathways?view=mine"));
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Wait, limit").setExact(true))
        .click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("Wait, limit");
    assertThat(page.locator(".cases tbody tr").first()).containsText("Patient" + OTHERS);
    assertThat(page.locator(".cases tbody tr").first()).containsText("Limit passed");
    Site.shoot(page, "day-longest");
  }

  private void looksAfter(String name, String display, Pathway of) {
    jdbc.sql(
            """
            insert into pathway_coordinator (pathway_id, name, display, since)
            values (:id, :name, :display, now())
            on conflict (pathway_id) do update set name = excluded.name, display = excluded.display\
            """)
        .param("id", of.id())
        .param("name", name)
        .param("display", display)
        .update();
  }

  private Pathway refer(String file) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient(file);
    patient = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    patient.getTelecom().clear();
    patient.addTelecom().setSystem(ContactPointSystem.PHONE).setValue("+1 555 0199");
    fhir.as("referrer").update().resource(patient).execute();
    return pathways.ofReferral(fhir.refer(id).getIdElement().getIdPart()).orElseThrow();
  }

  /** The answers of the usual course, up to the task after which the day begins. */
  private void playUntil(String element) throws Exception {
    Scenario usual = HappyPath.scenario();
    for (Scenario.Step step : usual.steps()) {
      if (step instanceof Scenario.Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Scenario.Answer answer) {
        if (answer.task().equals(element)) {
          return;
        }
        player.play(treated.id(), answer);
      }
    }
  }
}
