package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A coordinator's day from signing in to signing out, with the keyboard alone. */
class KeyboardDayTest extends RunningService {

  private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("ddMMuuuu");

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private Clock clock;

  private FhirClient fhir;

  @Test
  void theWholeDay() throws Exception {
    fhir = new FhirClient(port());
    String patient = fhir.sendPatient("kiehn-josue.json");
    WorkItem first = triage(patient);
    WorkItem second = triage(patient);
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.page();
      Keys keys = new Keys(page);
      signIn(page, keys, site);
      filter(page, keys);
      search(keys, first);
      takeOnBoth(page, keys, first, second);
      comment(page, keys, second);
      search(keys, first);
      snooze(page, keys, second);
      search(keys, first);
      triageWithAWarning(page, keys, first);
      reportAnAlarm(page, keys, first);
      holdAndResume(page, keys, first);
      signOut(page, keys);
    }
  }

  private static void signIn(Page page, Keys keys, Site site) {
    page.navigate(site.url("/login"));
    assertThat(page.locator("#username")).isFocused();
    keys.type("coordinator");
    keys.to("#password");
    keys.type("coordinator");
    keys.enter();
    assertThat(page.locator("h1")).isVisible();
  }

  private static void filter(Page page, Keys keys) {
    keys.to("main a[href*='scope=team']");
    keys.enter();
    keys.to("details:has(form.filter) > summary");
    keys.press("Enter");
    keys.to("#due");
    keys.press("ArrowDown");
    keys.press("ArrowDown");
    keys.to(".filter button[type=submit]");
    keys.enter();
    assertThat(page.locator(".badge").first()).isVisible();
  }

  private static void search(Keys keys, WorkItem item) {
    keys.backTo("#text");
    keys.press("Control+A");
    keys.type(item.about().mrn());
    keys.enter();
  }

  private static void takeOnBoth(Page page, Keys keys, WorkItem first, WorkItem second) {
    assertThat(page.locator("[id='tick-" + first.id() + "'], [id='tick-" + second.id() + "']"))
        .hasCount(2);
    for (String box :
        page.locator("tbody input[name=item]").all().stream().map(KeyboardDayTest::id).toList()) {
      if (box.equals("tick-" + first.id()) || box.equals("tick-" + second.id())) {
        keys.to("[id='" + box + "']");
        keys.press("Space");
      }
    }
    keys.backTo(".bulk button[value=claim]");
    keys.enter();
    assertThat(page.locator("[role=status]").first()).containsText("2");
  }

  private static String id(Locator box) {
    return box.getAttribute("id");
  }

  /**
   * Enter in the text does what the button beside it says, not what the first button of the bar
   * says.
   */
  private void comment(Page page, Keys keys, WorkItem item) {
    keys.to("[id='tick-" + item.id() + "']");
    keys.press("Space");
    keys.backTo(".bulk details:has(#comment) > summary");
    keys.press("Enter");
    keys.to("#comment");
    keys.type("Rang, nobody there");
    keys.enter();
    assertThat(page.locator("[role=status]").first()).isVisible();
    assertThat(worklist.find(item.id()).standing().notes()).isEqualTo(1);
    assertThat(worklist.find(item.id()).owner()).isEqualTo("coordinator");
  }

  private void snooze(Page page, Keys keys, WorkItem item) {
    keys.to("[id='tick-" + item.id() + "']");
    keys.press("Space");
    keys.backTo(".bulk details:has(#until) > summary");
    keys.press("Enter");
    keys.to("#until");
    keys.type(TYPED.format(sameEitherWay()));
    keys.press("ArrowRight");
    keys.type("0930a");
    keys.to("#reason");
    keys.type("Back tomorrow");
    keys.to(".bulk button[value=snooze]");
    keys.enter();
    assertThat(page.locator("[role=status]").first()).isVisible();
    assertThat(worklist.find(item.id()).standing().snooze()).isNotNull();
  }

  private void triageWithAWarning(Page page, Keys keys, WorkItem item) {
    keys.to("[id='open-" + item.id() + "']");
    keys.enter();
    keys.choose("complete", "true");
    keys.choose("route", "STANDARD");
    keys.choose("priority", "urgent");
    keys.to("form:has([data-form]) button[type=submit]");
    keys.enter();
    assertThat(page.locator(".alert-warning").first()).isFocused();
    keys.to("#confirm-warnings");
    keys.press("Space");
    keys.to("form:has([data-form]) button[type=submit]");
    keys.enter();
    page.waitForURL("**/worklist*");
    assertThat(worklist.find(item.id()).isOpen()).isFalse();
  }

  private void reportAnAlarm(Page page, Keys keys, WorkItem item) {
    keys.to("main a[href$='/pathways/" + item.pathwayId() + "']");
    keys.enter();
    keys.to("a[href$='/report/RedFlagReported']");
    keys.enter();
    for (String sign :
        page.locator("fieldset[data-link-id^=red-flag-]").all().stream()
            .filter(Locator::isVisible)
            .map(field -> field.getAttribute("data-link-id"))
            .toList()) {
      keys.choose(sign, sign.equals("red-flag-weakness") ? "true" : "false");
    }
    keys.choose("told-by", "told-patient");
    keys.to("form:has([data-form]) button[type=submit]");
    keys.enter();
    page.waitForURL("**/pathways/" + item.pathwayId());
    assertThat(page.locator("main")).containsText("Act on an alarm sign");
  }

  /** The parts of the page open without the page that they are on being loaded anew. */
  private static void plan(Page page, Keys keys) {
    keys.to("#tab-plan");
    keys.press("Enter");
    page.locator("#tab-plan.active").waitFor();
  }

  private void holdAndResume(Page page, Keys keys, WorkItem item) {
    plan(page, keys);
    keys.to("details:has(form[action$='/hold']) > summary");
    keys.press("Enter");
    keys.to("#reason-hold");
    keys.press("ArrowDown");
    keys.to("#until-hold");
    keys.type(TYPED.format(sameEitherWay()));
    keys.to("form[action$='/hold'] button[type=submit]");
    keys.enter();
    assertThat(page.locator(".patient")).containsText("On hold");
    keys.to("form[action$='/resume'] button");
    keys.enter();
    plan(page, keys);
    assertThat(page.locator("details:has(form[action$='/hold'])")).isVisible();
    assertThat(pathways.find(item.pathwayId()).orElseThrow().isActive()).isTrue();
  }

  /** The next day whose number is its month's: browsers differ in which of both comes first. */
  private LocalDate sameEitherWay() {
    return LocalDate.now(clock)
        .plusDays(1)
        .datesUntil(LocalDate.now(clock).plusDays(80))
        .filter(day -> day.getDayOfMonth() == day.getMonthValue())
        .findFirst()
        .orElseThrow();
  }

  private static void signOut(Page page, Keys keys) {
    keys.to("form[action$='/logout'] button");
    keys.enter();
    assertThat(page.locator("#username")).isVisible();
  }

  /** The triage of a referral that the referrer has completed. */
  private WorkItem triage(String patient) throws Exception {
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    player.play(
        pathway,
        HappyPath.scenario().steps().stream()
            .filter(Answer.class::isInstance)
            .map(Answer.class::cast)
            .findFirst()
            .orElseThrow());
    return worklist.ofPathway(pathway).stream().filter(WorkItem::isOpen).findFirst().orElseThrow();
  }
}
