package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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
      PatientPhone phone = PatientPhone.of(site, "en-GB");
      Page page = phone.page();
      page.navigate(site.url("/link/" + token));
      assertThat(page.locator("h1")).hasText("Who are you?");
      assertThat(page.content())
          .doesNotContain(known.getNameFirstRep().getFamily())
          .doesNotContain("pain");
      phone.fits("link-birth");

      phone.born("1", "1", "1900");
      assertThat(page.locator("[role=alert]")).isVisible();
      phone.fits("link-birth-wrong");
      phone.born(known);
      assertThat(page.locator("h1")).hasText("How are you?");

      assertThat(page.locator("#step")).containsText("Page 1 of");
      phone.walk("link-screen-");
      phone.send();
      page.waitForLoadState();
      Site.shoot(page, "link-sent");
      assertThat(page.locator("main").innerText()).contains("Thank you");
      phone.fits("link-thanks");

      page.navigate(site.url("/link/" + token));
      assertThat(page.locator("h1")).hasText("Thank you");

      Page spanish = PatientPhone.of(site, "es-ES").page();
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
}
