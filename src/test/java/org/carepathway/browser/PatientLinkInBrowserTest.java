package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.outreach.AskedPatient;
import org.carepathway.outreach.ShownCarrier;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;

/** A patient answers by a link, on a small phone. */
class PatientLinkInBrowserTest extends RunningService {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 740;
  private static final String PAIN = "72514-3";

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private JdbcTemplate jdbc;

  @Autowired
  @Qualifier("shownSms")
  private ShownCarrier texts;

  @Test
  void answersOnAPhone() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient("kiehn-josue.json");
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    WorkItem contact = asked.travelTo("ContactAt2Weeks", List.of("sms"));
    asked.toTheMorning();
    String token = AskedPatient.token(texts, jdbc, contact.id());
    Patient known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();

    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = phone(site, "en-GB");
      page.navigate(site.url("/link/" + token));
      assertThat(page.locator("h1")).hasText("Who are you?");
      assertThat(page.content())
          .doesNotContain(known.getNameFirstRep().getFamily())
          .doesNotContain("pain");
      fits(page, "link-birth");

      born(page, "1", "1", "1900");
      assertThat(page.locator("[role=alert]")).isVisible();
      fits(page, "link-birth-wrong");
      String[] date = known.getBirthDateElement().asStringValue().split("-");
      born(page, date[2], date[1], date[0]);
      assertThat(page.locator("h1")).hasText("How are you?");

      assertThat(page.locator("#step")).containsText("Page 1 of");
      walk(page);
      page.waitForLoadState();
      Site.shoot(page, "link-sent");
      assertThat(page.locator("main").innerText()).contains("Thank you");
      fits(page, "link-thanks");

      page.navigate(site.url("/link/" + token));
      assertThat(page.locator("h1")).hasText("Thank you");

      Page spanish = phone(site, "es-ES");
      spanish.navigate(site.url("/link/" + token + "?language=es"));
      assertThat(spanish.locator("h1")).hasText("Gracias");
      assertThat(spanish.locator("html")).hasAttribute("lang", "es");
    }

    Task done =
        fhir.as("nurse").read().resource(Task.class).withId(contact.id().toString()).execute();
    assertThat(done.getStatus()).isEqualTo(Task.TaskStatus.COMPLETED);
    assertThat(done.getOwner().getReference()).isEqualTo("Patient/" + patient);
    QuestionnaireResponse answers =
        FhirClient.resources(
                fhir.as("nurse")
                    .search()
                    .forResource(QuestionnaireResponse.class)
                    .where(QuestionnaireResponse.PATIENT.hasId(patient)),
                QuestionnaireResponse.class)
            .stream()
            .filter(each -> each.getAuthor().hasReference())
            .findFirst()
            .orElseThrow();
    assertThat(answers.getAuthor().getReference()).isEqualTo("Patient/" + patient);
    assertThat(
            FhirClient.resources(
                fhir.as("nurse")
                    .search()
                    .forResource(Observation.class)
                    .where(Observation.PATIENT.hasId(patient))
                    .and(Observation.CODE.exactly().code(PAIN)),
                Observation.class))
        .anySatisfy(
            pain -> {
              assertThat(pain.getValueQuantity().getValue().intValue()).isEqualTo(2);
              assertThat(pain.getPerformerFirstRep().getReference())
                  .isEqualTo("Patient/" + patient);
              assertThat(pain.getMethod().getCodingFirstRep().getCode()).isEqualTo("mode-link");
            });
  }

  private static Page phone(Site site, String locale) {
    return site.page(
        new Browser.NewContextOptions()
            .setViewportSize(WIDTH, HEIGHT)
            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
            .setLocale(locale));
  }

  private static void born(Page page, String day, String month, String year) {
    page.fill("input[name=day]", day);
    page.fill("input[name=month]", month);
    page.fill("input[name=year]", year);
    page.locator("main button[type=submit]").click();
  }

  /** Answers screen by screen; each is looked at. */
  private static void walk(Page page) {
    for (int screen = 1; screen < 20; screen++) {
      fits(page, "link-screen-" + screen);
      fill(page);
      Locator next = page.locator(".turn button").nth(1);
      if (!next.isVisible()) {
        page.locator("[data-last] button[type=submit]").click();
        return;
      }
      next.click();
    }
  }

  private static void fill(Page page) {
    for (Locator field : page.locator("[data-form] [data-link-id]:visible").all()) {
      String name = field.getAttribute("data-link-id");
      Locator radios = field.locator("input[type=radio]:visible");
      Locator inputs = field.locator("input.form-control:visible");
      if (radios.count() > 0 && name.startsWith("pain")) {
        field.locator(name.equals("pain-rest") ? "input[value='2']" : "input[value='3']").check();
      } else if (radios.count() > 0) {
        boolean truth =
            radios.count() <= 3 && radios.first().getAttribute("value").matches("true|false");
        (truth ? field.locator("input[value=false]") : radios.first()).check();
      } else if (inputs.count() > 0 && name.equals("falls")) {
        inputs.first().fill("0");
      }
    }
  }

  private static void fits(Page page, String name) {
    Site.shoot(page, name);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as(name + " is no wider than the phone")
        .isLessThanOrEqualTo(WIDTH);
    assertThat(new AxeBuilder(page).analyze().getViolations()).as(name).isEmpty();
  }
}
