package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** No page breaks a rule of axe-core, light or dark, wide or on a phone. */
class AccessibilityTest extends RunningService {

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private Handling handling;
  @Autowired private Inbox inbox;

  @Test
  void everyPageCanBeUsedByEverybody() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral = fhir.refer(fhir.sendPatient("king-eddie.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    WorkItem task = worklist.ofPathway(pathway).get(0);
    ActAs.role(
        Role.COORDINATOR,
        "carl",
        "Carl Colleague",
        () -> handling.comment(task.id(), "Rang twice", OptionalInt.empty()));
    List<String> found = new ArrayList<>();
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = page(site);
      look(page, site, "/login", found);
      site.signIn(page, "coordinator");
      for (String path :
          List.of(
              "/worklist?scope=team",
              "/worklist?scope=everyone&stage=Imaging&due=overdue",
              "/worklist?scope=snoozed",
              "/board?of=everyone",
              "/absences",
              "/calendar",
              "/capacity",
              "/wait-list",
              "/week-plan",
              "/day?on=2031-03-03",
              "/pathways",
              "/books",
              "/books/kyphoplasty/1.0.0?only=own",
              "/patients",
              "/pathways/" + pathway,
              "/pathways/" + pathway + "?tab=measures",
              "/pathways/" + pathway + "?tab=documents",
              "/pathways/" + pathway + "?tab=notes",
              "/pathways/" + pathway + "?tab=record&all=true",
              "/pathways/" + pathway + "/report/RedFlagReported",
              "/pathways/" + pathway + "/report/ReferralRevoked",
              "/pathways/" + pathway + "/processes/vertebroplasty/steps/Referral",
              "/pathways/" + pathway + "/sheet",
              "/pathways/" + pathway + "/texts",
              "/break-glass",
              "/by-hand",
              "/duties",
              "/tasks/" + task.id(),
              "/tasks/" + task.id() + "/handling",
              "/nowhere")) {
        look(page, site, path, found);
      }
      page.fill("#find", "king");
      page.waitForNavigation(() -> page.press("#find", "Enter"));
      check(page, "patients found", found);
      page.fill("#find", "nobody-is-called-so");
      page.waitForNavigation(() -> page.press("#find", "Enter"));
      check(page, "no patient found", found);
      page.navigate(site.url("/worklist?scope=everyone"));
      page.locator("input[name=item]").first().check();
      page.locator("[data-keys-card]").click();
      check(page, "/worklist, the keys", found);
      page.keyboard().press("Escape");
      for (int i = page.locator("summary").count() - 1; i >= 0; i--) {
        page.locator("summary").nth(i).click();
        check(page, "/worklist, opened " + i, found);
        page.locator("summary").nth(i).click();
      }
      page.navigate(site.url("/pathways/" + pathway + "/report/ReferralRevoked"));
      page.waitForNavigation(
          () -> page.locator("form:has([data-form]) button[type=submit]").last().click());
      check(page, "a form with errors", found);
      page.navigate(site.url("/pathways/" + pathway + "?tab=plan"));
      page.locator("details:has(form[action$='/hold']) > summary").click();
      check(page, "departing from the plan", found);
      page.setViewportSize(360, 740);
      look(page, site, "/worklist?scope=team", found);
      look(page, site, "/board", found);
      Page admin = site.signIn(page(site), "admin");
      look(admin, site, "/incidents", found);
      look(admin, site, "/demo", found);
      Page auditor = site.signIn(page(site), "auditor");
      look(auditor, site, "/audit", found);
      long message = inbox.keepRefused(refused(), "PID-3: Required field missing");
      Page integrator = site.signIn(page(site), "ehr");
      look(integrator, site, "/feeds", found);
      look(integrator, site, "/feeds/messages/" + message, found);
      look(integrator, site, "/feeds/outbox/demo-ehr", found);
      look(integrator, site, "/feeds/outbox/how", found);
    }
    assertThat(found).isEmpty();
  }

  private static Received refused() {
    byte[] content = "MSH|^~\\&|E|H|C|S|20261129||ADT^A01|1|P|2.5\rPID|1\r".getBytes();
    return new Received("ehr", "1", "hl7v2", "ADT^A01", "ehr refused", null, null, content);
  }

  private static void look(Page page, Site site, String path, List<String> found) {
    page.navigate(site.url(path));
    check(page, path, found);
  }

  /** Colours move at once, or axe would measure them on their way. */
  private static Page page(Site site) {
    return site.page(new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE));
  }

  /** Light and dark differ in their colours only. */
  private static void check(Page page, String where, List<String> found) {
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
    add(axe(page).withRules(List.of("color-contrast")), where + ", dark", found);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    add(axe(page), where, found);
  }

  /** In the page itself, as none has frames; of what is right only the count is told. */
  private static AxeBuilder axe(Page page) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return new AxeBuilder(page).options(options).setLegacyMode(true);
  }

  private static void add(AxeBuilder axe, String where, List<String> found) {
    for (Rule violation : axe.analyze().getViolations()) {
      violation
          .getNodes()
          .forEach(
              node ->
                  found.add(
                      "%s: %s: %s %s"
                          .formatted(
                              where, violation.getId(), node.getHtml(), node.getFailureSummary())));
    }
  }
}
