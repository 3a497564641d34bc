package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.AnswerSheets;
import org.carepathway.scenario.HappyPath;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Forms in the hands of people: refused, confirmed, interrupted, and done by somebody else. */
class FormPagesTest extends RunningService {

  private static final String COMMENT = "<b>worse</b> & <script>alert(1)</script>";

  private static final int MOST_TABS = 100;

  private static Visit visit;

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private AnswerSheets sheets;
  @Autowired private JdbcTemplate jdbc;

  private FhirClient fhir;
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

  @BeforeEach
  void refer() throws Exception {
    fhir = new FhirClient(port());
    signIn = new SignIn(visit.browser(), port());
    String referral = fhir.refer(fhir.sendPatient("klein-genevie.json")).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow().id();
  }

  @AfterEach
  void leave() {
    visit.close();
  }

  @Test
  void aNurseReportsARedFlagThroughThePage() {
    Page page = signIn.as("nurse");
    page.navigate(signIn.url("/pathways/" + pathway));
    page.getByText("Report a red flag").click();
    SignIn.shoot(page, "form-report");

    page.locator("main button[type=submit]").last().click();
    assertThat(page.locator("main [role=alert]")).isFocused();
    assertThat(page.locator("main [role=alert] a").first()).isVisible();
    SignIn.shoot(page, "form-report-refused");

    for (Locator field : page.locator("fieldset[data-link-id^=red-flag-]").all()) {
      if (field.isVisible()) {
        field.locator("input[value=false]").check();
      }
    }
    page.locator("[data-link-id=red-flag-weakness] input[value=true]").check();
    page.locator("[data-link-id=told-by] [data-code=told-patient]").first().check();
    page.locator("main button[type=submit]").last().click();

    page.waitForURL("**/pathways/" + pathway);
    assertThat(page.locator(".alert-success")).containsText("Act on an alarm sign");
    assertThat(page.locator(".alert-success")).containsText("IR physician:");
    SignIn.shoot(page, "form-report-told");
    Page physician = signIn.as("physician");
    assertThat(physician.locator(".alarms a")).isVisible();
    assertThat(physician).hasTitle(Pattern.compile("^\\(\\d+\\) .*"));
    SignIn.shoot(physician, "alarm-in-the-head");
    WorkItem alarm =
        worklist.ofPathway(pathway).stream()
            .filter(item -> item.element().equals("ActOnRedFlag"))
            .findFirst()
            .orElseThrow();
    assertThat(alarm.priority()).isGreaterThanOrEqualTo(75);
    physician.locator(".alarms a").click();
    assertThat(rowOf(physician, alarm)).containsText("Act on an alarm sign");
    // Another patient's alarm may be the nurse's: only this one must not be.
    page.navigate(signIn.url("/worklist?scope=team&priority=stat"));
    assertThat(page.locator("#rows")).isVisible();
    assertThat(rowOf(page, alarm)).hasCount(0);
  }

  @Test
  void anUnusualAnswerIsConfirmed() throws Exception {
    Page page = task("referrer");
    new FormFiller(page).fill(answers(Map.of("pain-activity", 0)).getItem());
    send(page);

    assertThat(page.locator(".alert-warning")).isFocused();
    SignIn.shoot(page, "form-warning");
    send(page);
    assertThat(page.locator(".alert-warning")).isVisible();
    page.locator("#confirm-warnings").check();
    send(page);

    page.waitForURL("**/worklist*");
    assertThat(worklist.find(referralTask().id()).isOpen()).isFalse();
  }

  @Test
  void errorsAndUnusualAnswersStandInTwoBoxes() throws Exception {
    Page page = task("referrer");
    new FormFiller(page).fill(answers(Map.of("pain-activity", 0)).getItem());
    page.locator("[data-link-id=onset-date] input").first().fill("");
    send(page);

    assertThat(page.locator(".alert-danger")).isFocused();
    assertThat(page.locator(".alert-danger li")).hasCount(1);
    assertThat(page.locator(".alert-warning li")).hasCount(1);
    assertThat(page.locator(".alert-warning")).containsText("once the others are right");
    assertThat(page.locator("#confirm-warnings")).hasCount(0);
  }

  @Test
  void whoIsSlowerKeepsWhatTheyEnteredAndLearnsWhatChanged() throws Exception {
    Page page = task("referrer");
    comment(page).fill(COMMENT);
    WorkItem item = referralTask();
    fhir.complete("referrer", item.id().toString(), answers(Map.of("pain-now", 7)));
    send(page);

    Locator told = page.locator("main [role=alert]");
    assertThat(told).isFocused();
    assertThat(told).containsText("Dr. Rita Referrer");
    assertThat(told).containsText("What was recorded instead");
    assertThat(comment(page)).hasValue(COMMENT);
    assertThat(page.locator("main button[type=submit]:has-text('Complete')")).hasCount(0);
    SignIn.shoot(page, "form-slower");
  }

  @Test
  void aTaskTakenOnMeanwhileCanBeSentAgain() {
    Page page = task("referrer");
    comment(page).fill(COMMENT);
    jdbc.update(
        "update work_item set owner = 'other', status = 'in-progress' where id = ?",
        referralTask().id());
    send(page);

    assertThat(page.locator("main [role=alert]")).isFocused();
    assertThat(comment(page)).hasValue(COMMENT);
  }

  @Test
  void aPrefilledAnswerSaysWhereItComesFrom() {
    Page page = task("referrer");
    Locator phone = page.locator("[data-link-id=phone]");
    assertThat(phone.locator(".source")).hasText("From the patient's master data");
    SignIn.shoot(page, "form-prefilled");
    assertThat(phone.locator("input"))
        .hasAttribute("aria-describedby", Pattern.compile(".*-source.*"));
    phone.locator("input").fill("555-0000");
    assertThat(page.locator("#draft-state")).containsText("Draft saved");
    page.reload();
    assertThat(page.locator("[data-link-id=phone] .source")).hasCount(0);
  }

  /** WCAG 2.2, 2.4.11: going back through a form, and at a zoom of 400 %. */
  @Test
  void whatHasTheFocusIsNeverBelowThePatientsData() {
    Page page = signIn.as("nurse");
    for (int[] screen : new int[][] {{1280, 800}, {800, 1100}, {320, 256}}) {
      page.setViewportSize(screen[0], screen[1]);
      page.navigate(signIn.url("/pathways/" + pathway + "/report/RedFlagReported"));
      page.locator("form:has([data-form]) button[type=submit]").last().focus();
      for (int back = 0; back < 25; back++) {
        page.keyboard().press("Shift+Tab");
        assertThat(
                (String)
                    page.evaluate(
                        """
                        () => {
                          const at = document.activeElement;
                          const banner = document.querySelector(".patient.in-sight");
                          const field = at.getBoundingClientRect();
                          const over = banner.getBoundingClientRect();
                          const hides = getComputedStyle(banner).position === "sticky" && !banner.contains(at)
                            && banner.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING
                            && field.top < over.bottom;
                          return hides ? at.outerHTML : "";
                        }
                        """))
            .as("%d x %d, %d back", screen[0], screen[1], back)
            .isEmpty();
      }
    }
    assertThat(page.locator(".patient.in-sight")).hasCSS("position", "static");
  }

  @Test
  void aReportIsDoneWithTheKeyboardAlone() {
    Page page = signIn.as("nurse");
    page.navigate(signIn.url("/pathways/" + pathway + "/report/RedFlagReported"));
    for (int tabs = 0; !page.url().endsWith("/pathways/" + pathway) && tabs < MOST_TABS; tabs++) {
      page.keyboard().press("Tab");
      String at =
          (String)
              page.evaluate(
                  "() => { const at = document.activeElement;"
                      + " const field = at.closest('[data-link-id]');"
                      + " return at.matches('main .btn-primary') ? 'send' : field && at.type === 'radio'"
                      + " && !field.querySelector(':checked') ? field.dataset.linkId : ''; }");
      if (at.equals("send")) {
        page.keyboard().press("Enter");
        page.waitForURL("**/pathways/" + pathway);
      } else if (at.equals("red-flag-weakness") || at.equals("told-by")) {
        page.keyboard().press("Space");
      } else if (!at.isEmpty()) {
        page.keyboard().press("ArrowDown");
      }
    }
    assertThat(page.locator("main")).containsText("Act on an alarm sign");
  }

  @Test
  void aDraftOutlivesTheSessionAndEndsWithTheTask() throws Exception {
    Page page = task("referrer");
    comment(page).fill("before");
    assertThat(page.locator("#draft-state")).containsText("Draft saved");

    page.context().clearCookies();
    comment(page).fill(COMMENT);
    assertThat(page.locator("#draft-state")).containsText("you are signed out");
    SignIn.shoot(page, "form-signed-out");
    Page again = page.waitForPopup(() -> page.locator("#draft-state a").click());
    signIn.fill(again, "referrer");
    again.waitForURL("**/worklist*");
    page.bringToFront();
    assertThat(page.locator("#draft-state")).containsText("Draft saved");

    // A page behind another one is drawn once a second, and waits that long for each field.
    again.bringToFront();
    again.navigate(signIn.url("/tasks/" + referralTask().id()));
    assertThat(comment(again)).hasValue(COMMENT);
    assertThat(again.locator("main")).containsText("This is your draft");
    SignIn.shoot(again, "form-draft");

    new FormFiller(again).fill(answers(Map.of()).getItem());
    send(again);
    again.waitForURL("**/worklist*");
    assertThat(drafts()).isZero();
  }

  @Test
  void aLostConnectionLosesNothing() {
    Page page = task("referrer");
    page.context().setOffline(true);
    comment(page).fill("typed on the train");
    assertThat(page.locator("#draft-state")).containsText("no connection");
    page.locator("form:has([data-form]) button[type=submit]").last().click();
    assertThat(page.locator("#draft-state")).containsText("no connection");

    page.context().setOffline(false);
    assertThat(page.locator("#draft-state")).containsText("Draft saved");
    page.reload();
    assertThat(comment(page)).hasValue("typed on the train");
    page.getByText("Discard it and start anew").click();
    assertThat(comment(page)).hasValue("");
    assertThat(drafts()).isZero();
  }

  @Test
  void aDraftIsItsOwnersAlone() {
    Page page = task("referrer");
    comment(page).fill("mine");
    assertThat(page.locator("#draft-state")).containsText("Draft saved");
    assertThat(
            page.request()
                .post(
                    signIn.url("/tasks/" + referralTask().id() + "/draft"),
                    com.microsoft.playwright.options.RequestOptions.create().setMaxRedirects(0))
                .status())
        .as("without the token against forged requests")
        .isEqualTo(403);

    Page other = signIn.as("nurse");
    String token = other.locator("input[name=_csrf]").first().inputValue();
    assertThat(
            other
                .request()
                .post(
                    signIn.url("/tasks/" + referralTask().id() + "/draft"),
                    com.microsoft.playwright.options.RequestOptions.create()
                        .setForm(
                            com.microsoft.playwright.options.FormData.create().set("_csrf", token)))
                .status())
        .as("a task of another role")
        .isEqualTo(403);
  }

  private static Locator rowOf(Page list, WorkItem item) {
    return list.locator("#row-" + item.id());
  }

  private Page task(String user) {
    Page page = signIn.as(user);
    page.navigate(signIn.url("/tasks/" + referralTask().id()));
    return page;
  }

  private static Locator comment(Page page) {
    return page.locator("[data-link-id=images-available] input");
  }

  private static void send(Page page) {
    page.waitForResponse(
        answer -> answer.request().isNavigationRequest() && answer.status() != 302,
        () -> page.locator("form:has([data-form]) button[type=submit]").last().click());
    page.waitForLoadState();
  }

  private WorkItem referralTask() {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.element().equals("CompleteReferral"))
        .findFirst()
        .orElseThrow();
  }

  private Integer drafts() {
    return jdbc.queryForObject(
        "select count(*) from form_draft where subject = ?", Integer.class, referralTask().id());
  }

  /** The referral of the happy path, changed where said. */
  private QuestionnaireResponse answers(Map<String, Object> changes) throws Exception {
    Map<String, Object> answers = new HashMap<>(HappyPath.referral().answers());
    answers.putAll(changes);
    QuestionnaireResponse prefilled = fhir.populate("referrer", referralTask().id().toString());
    String[] canonical = prefilled.getQuestionnaire().split("\\|");
    List<Questionnaire> forms =
        FhirClient.resources(
            fhir.as("referrer")
                .search()
                .byUrl("Questionnaire?url=" + canonical[0] + "&version=" + canonical[1]),
            Questionnaire.class);
    return sheets.fill(forms.get(0), prefilled, answers);
  }
}
