package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was not sent is seen and sent again, what is written how is tried, and entered by hand. */
class SendingInBrowserTest extends RunningService {

  private static final String ADD =
      """
      insert into outbox_entry (site, patient, pathway, pathway_key, kind, subject, content, state, attempts, fault,
        said, rung, entry_text, owner, enter_by)
      values ('demo-ehr', ?, ?, 'vertebroplasty', 'procedure', ?, '{"resourceType":"Procedure","status":"completed"}',
        ?, 3, ?, ?, ?, ?, 'coordinator', now() - interval '2 hours')
      returning id""";

  @Autowired private JdbcTemplate jdbc;
  @Autowired private Pathways pathways;

  private long add(
      Pathway pathway,
      String subject,
      String state,
      String fault,
      String said,
      String rung,
      String text) {
    return jdbc.queryForObject(
        ADD,
        Long.class,
        pathway.patientId(),
        pathway.id(),
        subject,
        state,
        fault,
        said,
        rung,
        text);
  }

  @Test
  void whatWasNotSentIsSeenToByWhoItConcerns() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("king-eddie.json")).getIdElement().getIdPart();
    Pathway pathway = pathways.ofReferral(referral).orElseThrow();
    long dead =
        add(
            pathway,
            "Procedure/browser-1",
            "dead",
            "configuration",
            "Answered with 400 (error invalid 59187)",
            null,
            null);
    long hand =
        add(
            pathway,
            "Procedure/browser-2",
            "hand",
            null,
            "To be entered by hand: the EHR does not say that it takes create of Procedure",
            "hand",
            "Procedure\nStatus: Completed\nProcedure: Percutaneous vertebroplasty");
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page integrator = site.signedIn("ehr");
      assertThat(integrator.locator("#site-demo-ehr")).containsText("running");
      Site.shoot(integrator, "sending-feeds");
      integrator.locator("#sent-demo-ehr-dead").click();
      Site.shoot(integrator, "sending-list");
      integrator.locator("#entry-" + dead + " a").click();
      assertThat(integrator.locator("main"))
          .containsText("The system does not take it as it is set up");
      Site.shoot(integrator, "sending-entry");
      integrator
          .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send again"))
          .click();
      assertThat(integrator.getByRole(AriaRole.STATUS).first()).containsText("sent again");

      integrator.navigate(site.url("/feeds/outbox/how"));
      integrator.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Dry run")).click();
      assertThat(integrator.locator("#plan-demo-ehr")).containsText("Tried just now");
      Site.shoot(integrator, "sending-how");

      Page coordinator = site.signedIn("coordinator");
      coordinator
          .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("To enter in the EHR"))
          .click();
      assertThat(coordinator.locator("#hand-" + hand)).containsText("Percutaneous vertebroplasty");
      Site.shoot(coordinator, "by-hand");
      coordinator.setViewportSize(360, 740);
      Site.shoot(coordinator, "by-hand-phone");
      coordinator.locator("#hand-" + hand + " button").click();
      assertThat(coordinator.getByRole(AriaRole.STATUS).first()).containsText("counts as entered");
    } finally {
      jdbc.update("delete from outbox_entry where subject like 'Procedure/browser-%'");
    }
  }
}
