package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Examination, decision and consent of one visit are filled in on one page. */
class OneVisitInBrowserTest extends RunningService {

  private static final double PATIENCE_MS = 120_000;

  private static final Map<String, Object> NOT_A_CANDIDATE =
      Map.of(
          "decision", "NOT_CANDIDATE",
          "decision-reason", List.of("reason-allergy"),
          "override-reason", "override-benefit",
          "override-text", "The patient wants no procedure");

  private static Visit visit;

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private JdbcTemplate jdbc;

  private final Map<String, Answer> answers = new HashMap<>();
  private SignIn signIn;
  private UUID pathway;

  @BeforeAll
  static void open() {
    visit = Browsers.visit();
  }

  @AfterAll
  static void close() {
    visit.close();
  }

  @AfterEach
  void leave() {
    visit.close();
  }

  @BeforeEach
  void referUntilTheExamination() throws Exception {
    FhirClient fhir = new FhirClient(port());
    signIn = new SignIn(visit.browser(), port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
    Scenario scenario = HappyPath.scenario();
    boolean before = true;
    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Answer answer) {
        before = before && !answer.task().equals("ExaminePatient");
        answers.putIfAbsent(answer.task(), answer);
        if (before) {
          player.play(pathway, answer);
        }
      }
    }
  }

  @Test
  void theNextFormOfTheVisitComesOnTheSamePage() {
    Page page = signIn.as("physician");
    page.navigate(signIn.url("/tasks/" + item("ExaminePatient").id()));
    assertThat(page.locator("h1")).hasText("Examine the patient");
    fill(page, "ExaminePatient");
    submit(page).press("Enter");

    page.waitForURL("**/tasks/*#now");
    assertThat(page).hasURL(signIn.url("/tasks/" + open("DecideEligibility") + "#now"));
    assertThat(page.locator("#now")).isFocused();
    assertThat(page.locator("#now")).hasText("Decide eligibility");
    assertThat(page.locator("#now")).isInViewport();
    assertThat(page.locator("div.sent")).hasCount(1);
    assertThat(page.locator("div.sent")).containsText("Examine the patient");
    assertThat(page.locator("[role=status].alert-success")).containsText("Decide eligibility");
    axe(page);
    SignIn.shoot(page, "visit-decide");
    page.locator("div.sent summary").click();
    assertThat(page.locator("div.sent dl")).containsText("Oxygen saturation");
    SignIn.shoot(page, "visit-decide-opened");
    axe(page);
    page.setViewportSize(360, 740);
    SignIn.shoot(page, "visit-decide-on-a-phone");
    assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
        .isLessThanOrEqualTo(360);
    page.setViewportSize(1280, 800);

    whatIsWrongIsSaidAsEverywhere(page);
    fill(page, "DecideEligibility");
    assertThat(page.locator("#draft-state")).containsText("Draft saved");
    page.navigate(signIn.url("/tasks/" + open("DecideEligibility")));
    assertThat(page.locator(".alert-info")).containsText("your draft");
    assertThat(page.locator("div.sent")).hasCount(1);
    fill(page, "DecideEligibility");
    submit(page).click();

    assertThat(page.locator("div.sent")).hasCount(2);
    assertThat(page).hasURL(signIn.url("/tasks/" + open("RecordConsent") + "#now"));
    assertThat(page.locator("#now")).isFocused();
    SignIn.shoot(page, "visit-consent");
    axe(page);
    fill(page, "RecordConsent");
    submit(page).click();
    page.waitForURL("**/tasks/" + item("RecordConsent").id() + "/visit");
    assertThat(page.locator("h1")).isFocused();
    assertThat(page.locator("div.sent")).hasCount(3);
    assertThat(page.locator(".alert-success")).containsText("IR nurse");
    axe(page);
    SignIn.shoot(page, "visit-over");
    page.locator("div.sent a").first().click();
    assertThat(page.locator("#amend-reason")).isVisible();
    aNurseReadsNothingOfItFromTheTask();
  }

  @Test
  void aDecisionThatEndsTheVisitSaysSoThere() {
    player.play(pathway, answers.get("ExaminePatient"));
    Page page = signIn.as("physician");
    page.navigate(signIn.url("/tasks/" + open("DecideEligibility")));
    assertThat(page.locator("#now")).hasText("Decide eligibility");
    answers.put("DecideEligibility", new Answer("DecideEligibility", NOT_A_CANDIDATE));
    fill(page, "DecideEligibility");
    submit(page).click();

    page.waitForURL("**/visit");
    assertThat(page.locator("main")).containsText("Nothing else is to be filled in at this visit");
    assertThat(page.locator(".alert-success")).containsText("Told:");
    assertThat(page.locator("div.sent")).hasCount(2);
    SignIn.shoot(page, "visit-ended");
  }

  @Test
  void itGoesOnWithoutAScriptAndSaysWhoseTheNextIs() {
    Page page = withoutScript(signIn.as("physician"));
    UUID exam = open("ExaminePatient");
    page.navigate(signIn.url("/tasks/" + exam));
    FormFiller.byKey(page)
        .fill(player.answers(item("ExaminePatient"), answers.get("ExaminePatient")).getItem());
    // Without the script a question that is not asked shows too, with its date; no score was
    // entered.
    page.locator("[data-link-id=scores-on] input").first().fill("");
    submit(page).press("Enter");
    assertThat(page.locator("div.sent")).containsText("Examine the patient");
    UUID decision = open("DecideEligibility");
    assertThat(page).hasURL(signIn.url("/tasks/" + decision + "#now"));
    SignIn.shoot(page, "visit-without-a-script");

    jdbc.update(
        "update work_item set owner = 'other', owner_name = 'Olga Other', status = 'in-progress'"
            + " where id = ?",
        decision);
    page.navigate(signIn.url("/tasks/" + exam + "/visit"));
    assertThat(page.locator(".alert-success"))
        .containsText(Pattern.compile("Decide eligibility\\s*\\(IR physician, taken on by Olga"));
    page.navigate(signIn.url("/tasks/" + decision));
    assertThat(page.locator("div.sent")).hasCount(0);
  }

  private static Page withoutScript(Page scripted) {
    BrowserContext bare =
        visit.browser().newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));
    bare.addCookies(
        scripted.context().cookies().stream()
            .map(one -> new Cookie(one.name, one.value).setUrl(scripted.url()))
            .toList());
    bare.setDefaultTimeout(PATIENCE_MS);
    return bare.newPage();
  }

  private void whatIsWrongIsSaidAsEverywhere(Page page) {
    submit(page).click();
    assertThat(page.locator("main [role=alert]")).isFocused();
    assertThat(page.locator("div.sent")).hasCount(1);
    SignIn.shoot(page, "visit-refused");
  }

  private void aNurseReadsNothingOfItFromTheTask() {
    Page nurse = signIn.as("nurse");
    nurse.navigate(signIn.url("/tasks/" + item("RecordConsent").id()));
    assertThat(nurse.locator("div.sent")).hasCount(0);
  }

  private void fill(Page page, String task) {
    new FormFiller(page).fill(player.answers(item(task), answers.get(task)).getItem());
  }

  private static Locator submit(Page page) {
    return page.locator("form:has([data-form]) button[type=submit]").last();
  }

  private UUID open(String element) {
    return item(element).id();
  }

  private WorkItem item(String element) {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.element().equals(element))
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new AssertionError("no " + element));
  }

  private static void axe(Page page) {
    assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations()).isEmpty();
  }
}
