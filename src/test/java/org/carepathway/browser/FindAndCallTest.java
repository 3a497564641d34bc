package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.HashMap;
import java.util.Map;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A patient phones: found from whatever page is open, and a red flag reported; or is phoned. */
class FindAndCallTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;

  private Pathway pathway;
  private Patient patient;

  @Test
  void aPatientWhoPhonesIsFoundAndARedFlagReported() throws Exception {
    refer();
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("nurse");
      page.navigate(site.url("/board"));
      String family = patient.getNameFirstRep().getFamily();
      page.fill("#find", family.substring(1, 5).toUpperCase() + " " + mrn().substring(0, 6));
      page.press("#find", "Enter");
      page.waitForURL("**/patients");
      looks(page, "find-patients");
      page.locator("#patient-" + patient.getIdPart() + " a").first().click();
      page.waitForURL("**/pathways/" + pathway.id());
      assertThat(page.locator(".patient .phones a").first()).hasAttribute("href", "tel:5551234567");
      assertThat(page.locator(".patient .phones")).containsText("mobile");
      assertThat(page.locator(".patient .phones")).containsText("Daughter");
      assertThat(page.locator(".patient .phones")).not().containsText("555-000-0000");
      looks(page, "find-pathway");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("red flag")).click();
      page.waitForURL("**/report/RedFlagReported");
      assertThat(page.locator(".patient .phones a").first()).hasAttribute("href", "tel:5551234567");
      looks(page, "find-red-flag");

      WorkItem triage =
          worklist.ofPathway(pathway.id()).stream()
              .filter(WorkItem::isOpen)
              .findFirst()
              .orElseThrow();
      Locator given = page.locator(".patient .phones a[href='tel:+15550100']");
      assertThat(given).hasCount(1);
      assertThat(page.locator(".patient .phones")).containsText("in the referral");
      page.navigate(site.url("/tasks/" + triage.id()));
      assertThat(page.locator("main")).containsText("You do not have the role");
      looks(page, "other-role");
      Page coordinator = site.signedIn("coordinator");
      coordinator.navigate(site.url("/tasks/" + triage.id()));
      assertThat(coordinator.locator(".patient .phones a[href='tel:+15550100']")).hasCount(1);
      looks(coordinator, "call-form");
      player.play(pathway.id(), answer(1));
      WorkItem physicians =
          worklist.ofPathway(pathway.id()).stream()
              .filter(WorkItem::isOpen)
              .findFirst()
              .orElseThrow();
      coordinator.navigate(site.url("/tasks/" + physicians.id()));
      looks(coordinator, "other-role-to-hand-out");
      coordinator.getByText("Assign, comment or snooze").click();
      coordinator.waitForURL("**/handling");
      looks(coordinator, "handling-of-another-role");
    }
  }

  /** Wide and on a phone, light and dark; nothing is wider than a phone. */
  private static void looks(Page page, String name) {
    for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : new int[] {1280, 360}) {
        page.setViewportSize(width, 740);
        Site.shoot(page, "%s-%d-%s".formatted(name, width, scheme.name().toLowerCase()));
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .as(name + " on " + width)
            .isTrue();
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(1280, 740);
  }

  private String mrn() {
    return patient.getIdentifier().stream()
        .filter(
            number ->
                number.getType().hasCoding("http://terminology.hl7.org/CodeSystem/v2-0203", "MR"))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private void refer() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient("boehm-cassaundra.json");
    patient = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    patient.getTelecom().clear();
    patient
        .addTelecom()
        .setSystem(ContactPointSystem.PHONE)
        .setUse(ContactPointUse.MOBILE)
        .setValue("(555) 123-4567 ext. 9");
    patient
        .addTelecom()
        .setSystem(ContactPointSystem.PHONE)
        .setUse(ContactPointUse.OLD)
        .setValue("555-000-0000");
    patient.addContact().addTelecom().setSystem(ContactPointSystem.PHONE).setValue("555-765-4321");
    patient.getContactFirstRep().addRelationship().setText("Daughter");
    fhir.as("referrer").update().resource(patient).execute();
    String referral = fhir.refer(id).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow();
    Answer referred = answer(0);
    Map<String, Object> answers = new HashMap<>(referred.answers());
    answers.put("phone", "+1 555 0100");
    player.play(pathway.id(), new Answer(referred.task(), answers));
  }

  private static Answer answer(int number) throws Exception {
    return HappyPath.scenario().steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }
}
