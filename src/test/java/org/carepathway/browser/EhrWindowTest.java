package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.demo.ehr.RunningEhr;
import org.carepathway.endtoend.FhirClient;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * A clinician at the EHR sees a card, opens the pathway in the EHR's window, and sets a card aside.
 */
class EhrWindowTest extends RunningService {

  @Autowired private ApplicationContext context;

  @Test
  void aCardLeadsToThePathwayInTheEhrsWindow() throws Exception {
    RunningEhr ehr = RunningEhr.of(context);
    String chart = "w-" + UUID.randomUUID();
    String name = known(ehr, chart);
    try (Visit visit = Browsers.visit()) {
      Page page = new Site(port(), visit.browser()).page();
      page.navigate(ehr.issuer() + "/chart?patient=" + chart + "&user=physician");
      assertThat(page.locator("article").first()).isVisible();
      Site.shoot(page, "ehr-chart-cards");

      page.locator("article a").first().click();
      FrameLocator pathway = page.frameLocator("iframe");
      assertThat(pathway.locator("main")).containsText(name);
      Site.shoot(page, "ehr-window-task");

      page.navigate(ehr.issuer() + "/frame?patient=" + chart + "&user=physician");
      assertThat(pathway.locator("main")).containsText(name);
      page.setViewportSize(1024, 700);
      Site.shoot(page, "ehr-window-pathway");

      page.navigate(ehr.issuer() + "/frame?user=physician");
      assertThat(pathway.locator("main")).isVisible();
      Site.shoot(page, "ehr-window-no-patient");

      page.navigate(ehr.issuer() + "/order?patient=" + chart + "&user=physician&drug=Apixaban");
      Site.shoot(page, "ehr-order");

      page.navigate(ehr.issuer() + "/chart?patient=" + chart + "&user=physician");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Set aside"))
          .first()
          .click();
      assertThat(page.getByRole(AriaRole.STATUS)).containsText("set aside");
      Site.shoot(page, "ehr-card-set-aside");

      Page integrator = new Site(port(), visit.browser()).signedIn("ehr");
      assertThat(integrator.locator("main")).containsText("known: ");
      Site.shoot(integrator, "feeds-cards");
    }
  }

  /** Somebody who was just referred: the images are missing. */
  private String known(RunningEhr ehr, String chart) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient("klein-genevie.json");
    Patient here = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    here.addIdentifier().setSystem(EHR_NUMBERS).setValue(chart);
    fhir.as("referrer").update().resource(here).execute();
    Patient there = new Patient();
    there.setId(chart);
    there.addIdentifier().setSystem(EHR_NUMBERS).setValue(chart);
    there.setName(here.getName());
    ehr.put(there);
    fhir.refer(id);
    return here.getNameFirstRep().getFamily();
  }
}
