package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.PathwayTimers;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The patient page: everything about one patient in sight, and departing from the plan. */
class PatientPageTest extends RunningService {

  private static final String HTML = "Nuts <b>and</b> <script>alert(1)</script>";

  private static final Pattern DAY = Pattern.compile("\\d{1,2} [A-Z][a-z]{2} \\d{4}");

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** One white point. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==");

  private static Visit visit;

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Clock clock;

  private FhirClient fhir;
  private SignIn signIn;
  private Pathway pathway;

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

  @Test
  void thePageShowsAllOfOnePatient() throws Exception {
    refer("boehm-cassaundra.json");
    allergy(pathway.patientId());
    travelTo("ContactAt2Weeks");
    Page page = signIn.as("coordinator");
    page.navigate(signIn.url("/pathways/" + pathway.id()));

    allergiesAreAlwaysInSight(page);
    theDrawingShowsWhereThePatientIs(page);
    theTabsAreOpenedByKeysAndKeepTheirAddress(page);
    theCurveHasATableToo(page);
    assertThat(page.locator(".spine svg rect.treated")).hasCount(1);
    assertThat(page.locator(".levels")).containsText("treated");
    assertThat(page.locator("section:has(#labs) table")).containsText("at most 1.8");
    assertThat(page.locator("section:has(#outcomes) tr", thatHas("48 hours"))).containsText("-30");
    assertThat(page.locator("section:has(#outcomes)")).containsText("never for dosing");
    open(page, "plan");
    assertThat(page.locator("section:has(#appointments)")).containsText("Kept");
    assertThat(page.locator(".plan li", thatHas("48-hour call")).locator(".when")).hasText(DAY);
    assertThat(page.locator(".plan li", thatHas("2-week visit")).locator(".when"))
        .containsText("due");
    everyFactIsAClickAway(page);
    lettersCanBeReadAndPrinted(page);
    aLotNumberIsCorrected();
    aStepCanBeLeftOutButNoGate(page);
    aStepCanBeAddedOnceAndOnlyWhereTheContentSaysSo(page);
  }

  @Test
  void aPathwayIsCancelledFromThePage() throws Exception {
    refer("hammes-wilhemina.json");
    Page page = signIn.as("coordinator");
    page.navigate(signIn.url("/pathways/" + pathway.id()));
    open(page, "plan");
    Locator end = page.locator("section[aria-labelledby=end]");
    assertThat(end).containsText("leaves the pathway");
    end.getByText("the referral is taken back").click();
    page.locator("[name='reason']").first().check();
    page.locator("[name='asked-by']").fill("Dr " + HTML);
    page.locator("[name='bone-health-told']").first().check();
    page.locator("form[data-once] button[type=submit], main form button[type=submit]")
        .last()
        .click();
    page.waitForURL("**/pathways/" + pathway.id());

    assertThat(page.locator("main")).containsText("The pathway has ended");
    assertThat(pathways.find(pathway.id()).orElseThrow().outcome())
        .isEqualTo("cancelled-by-referrer");
    assertThat(plan().getStatus()).isEqualTo(CarePlanStatus.REVOKED);
  }

  @Test
  void aPathwayIsPutOnHoldAndGoesOn() throws Exception {
    refer("hammes-wilhemina.json");
    Page page = signIn.as("coordinator");
    page.navigate(signIn.url("/pathways/" + pathway.id()));
    open(page, "plan");
    Locator hold = page.locator("details:has(form[action$='/hold'])");
    hold.locator("summary").click();
    hold.locator("select").selectOption("patient-wish");
    hold.locator("textarea").fill(HTML);
    hold.locator("input[type=date]").fill(LocalDate.now(clock).plusDays(2).toString());
    hold.locator("button").click();

    assertThat(page.locator(".patient")).containsText("On hold");
    assertThat(page.locator("main")).containsText(HTML);
    SignIn.shoot(page, "patient-on-hold");
    assertThat(plan().getStatus()).isEqualTo(CarePlanStatus.ONHOLD);
    assertThat(plan().getActivity())
        .anyMatch(
            activity ->
                activity.getDetail().getStatus() == CarePlanActivityStatus.ONHOLD
                    && activity
                        .getDetail()
                        .getStatusReason()
                        .getCodingFirstRep()
                        .getCode()
                        .equals("patient-wish"));
    assertThat(post(signIn.as("nurse"), "/pathways/" + pathway.id() + "/hold", "other"))
        .isEqualTo(409);
    assertThat(post(signIn.as("referrer"), "/pathways/" + pathway.id() + "/resume", ""))
        .isEqualTo(403);
    assertThat(
            post(
                signIn.as("coordinator"),
                "/tasks/" + open("CompleteReferral").id() + "/skip",
                "other"))
        .as("a step that the content does not let skip")
        .isEqualTo(409);

    page.locator("form[action$='/resume'] button").click();
    open(page, "plan");
    assertThat(page.locator("details:has(form[action$='/hold'])")).isVisible();
    assertThat(plan().getStatus()).isEqualTo(CarePlanStatus.ACTIVE);
  }

  @Test
  void nobodyIsForgottenOnHold() throws Exception {
    refer("hammes-wilhemina.json");
    Page coordinator = signIn.as("coordinator");
    String hold = "/pathways/" + pathway.id() + "/hold";
    assertThat(post(coordinator, hold, "other", LocalDate.now(clock))).isEqualTo(400);
    assertThat(post(coordinator, hold, "other", LocalDate.now(clock).plusDays(91))).isEqualTo(400);

    post(coordinator, hold, "other", LocalDate.now(clock).plusDays(1));
    assertThat(plan().getStatus()).isEqualTo(CarePlanStatus.ONHOLD);
    serviceClock.advance(Duration.ofDays(1));

    await().atMost(PATIENCE).until(() -> plan().getStatus() == CarePlanStatus.ACTIVE);
  }

  @Test
  void aFileIsKeptWithTheAnswers() throws Exception {
    refer("boehm-cassaundra.json");
    Answer consent = travelTo("RecordConsent");
    WorkItem item = open("RecordConsent");
    Page page = signIn.as("physician");
    page.navigate(signIn.url("/tasks/" + item.id()));
    new FormFiller(page).fill(player.answers(item, consent).getItem());
    Locator scan = page.locator("[data-link-id=signed-scan]");
    Locator file = scan.locator("input[type=file]");
    file.setInputFiles(
        new FilePayload("scan.png", "image/png", "<html>".getBytes(StandardCharsets.UTF_8)));
    assertThat(scan).containsText("was not received");
    file.setInputFiles(new FilePayload("scan <1>.png", "image/png", PNG));
    assertThat(scan.locator("[data-file-state]")).hasText("scan <1>.png");
    assertThat(page.locator("#draft-state")).containsText("Draft saved");
    page.reload();
    assertThat(scan.locator("[data-file-state]")).hasText("scan <1>.png");
    SignIn.shoot(page, "form-file");
    page.locator("form:has([data-form]) button[type=submit]").last().click();
    page.waitForURL("**/tasks/" + item.id() + "/visit");

    page.navigate(signIn.url("/pathways/" + pathway.id() + "?tab=documents"));
    Locator kept =
        page.locator(
            "section:has(#documents) li", new Page.LocatorOptions().setHasText("scan <1>.png"));
    APIResponse answer =
        page.request().get(signIn.url(kept.locator("a[href$='/pdf']").getAttribute("href")));
    assertThat(answer.headers().get("content-type")).isEqualTo("image/png");
    assertThat(answer.body()).isEqualTo(PNG);
  }

  private void allergiesAreAlwaysInSight(Page page) {
    assertThat(page.locator(".sight-allergies")).containsText(HTML);
    SignIn.shoot(page, "patient");
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)");
    assertThat(page.locator(".sight-allergies")).isInViewport();
    assertThat(page.locator(".sight-thinners")).isInViewport();
    page.setViewportSize(360, 740);
    SignIn.shoot(page, "patient-on-a-phone");
    assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
        .as("nothing to scroll sideways")
        .isLessThanOrEqualTo(360);
    page.setViewportSize(1280, 900);
  }

  private void theDrawingShowsWhereThePatientIs(Page page) {
    assertThat(page.locator("#diagram .djs-element.step-done[data-element-id=Recovery]"))
        .isVisible();
    assertThat(page.locator("#diagram .djs-element.step-current[data-element-id=FollowUp]"))
        .isVisible();
    assertThat(page.locator("#diagram .bjs-powered-by")).isVisible();
    page.locator("#diagram .zoom button").last().click();
    page.locator("#diagram [data-element-id=Eligibility]").first().click();
    assertThat(page.locator("#step-panel")).containsText("Show its steps");
    page.locator("#step-panel a").first().click();
    assertThat(page.locator(".plan").first()).containsText("Decide eligibility");
    page.locator(".course .plan a", new Page.LocatorOptions().setHasText("Weigh the reasons"))
        .click();
    assertThat(page.locator(".step"))
        .containsText("Decided by rule: Reasons for and against, version 1.0.0");
    assertThat(page.locator(".step .rules code").first()).isVisible();
    SignIn.shoot(page, "patient-decision");
    page.goBack();
    page.locator(".course .plan a", new Page.LocatorOptions().setHasText("Decide eligibility"))
        .click();
    assertThat(page.locator(".step")).containsText(", by ");
    assertThat(page.locator(".step .answers-read").last()).isVisible();
    page.navigate(signIn.url("/pathways/" + pathway.id()));
  }

  /** Nothing but the part is read again, and the address leads to it. */
  private void theTabsAreOpenedByKeysAndKeepTheirAddress(Page page) {
    assertThat(((Number) page.evaluate("document.documentElement.scrollHeight")).intValue())
        .as("two screens of 1280 x 800")
        .isLessThanOrEqualTo(1600);
    page.evaluate("window.untouched = true");
    page.locator("#tab-course").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("#tab-measures[aria-current]")).isFocused();
    assertThat(page.locator("#tab-measures")).isFocused();
    assertThat(page.evaluate("window.untouched")).isEqualTo(true);
    assertThat(page.url()).endsWith("?tab=measures");
    assertThat(page.locator("#diagram")).hasCount(0);
  }

  /** What is said to a part that is not there, and what a browser without a script gets. */
  @Test
  void thePartsAreLinksWithoutAScript() throws Exception {
    refer("hammes-wilhemina.json");
    Page scripted = signIn.as("nurse");
    BrowserContext bare =
        visit
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setJavaScriptEnabled(false)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setStorageState(scripted.context().storageState()));
    Page page = bare.newPage();
    page.navigate(signIn.url("/pathways/" + pathway.id()));
    for (String tab : List.of("measures", "plan", "documents", "notes", "record", "course")) {
      page.locator("#tab-" + tab).click();
      assertThat(page.locator("#tab-" + tab)).hasAttribute("aria-current", "true");
      assertThat(page.locator(".stages .stage-current")).hasCount(1);
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator(".tabs")).isHidden();
    assertThat(page.locator(".plan")).isVisible();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.locator("#tab-record").click();
    assertThat(page.locator(".facts .day").first()).isVisible();
    assertThat(page.locator(".facts a")).hasCount(0);
    assertThat(page.navigate(signIn.url("/pathways/" + pathway.id() + "?tab=none")).status())
        .isEqualTo(404);
  }

  private void theCurveHasATableToo(Page page) {
    assertThat(page.locator("#pain")).isVisible();
    assertThat(page.locator("#pain-table tr[data-value]").first()).isVisible();
    assertThat(page.locator("#pain-table tr[data-mark]")).hasCount(1);
    assertThat(page.locator("#pain-table")).containsText("Half of it");
  }

  private void everyFactIsAClickAway(Page page) {
    open(page, "record");
    page.locator(".facts a").last().click();
    assertThat(page.locator("pre.json")).containsText("\"resourceType\"");
    page.navigate(signIn.url("/pathways/" + pathway.id()));
  }

  private void lettersCanBeReadAndPrinted(Page page) {
    open(page, "documents");
    page.getByText("Discharge sheet").click();
    assertThat(page.locator(".letter")).containsText("Going home after bone cement treatment");
    assertThat(page.locator(".letter .text").first()).containsText("When you go home");
    SignIn.shoot(page, "document-sheet");
    String address = page.locator("main nav a[href$='/pdf']").getAttribute("href");
    APIResponse pdf = page.request().get(signIn.url(address));
    assertThat(pdf.headers().get("content-type")).isEqualTo("application/pdf");
    assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    try {
      Files.write(Path.of("target/screenshots/document-sheet.pdf"), pdf.body());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    page.navigate(signIn.url("/pathways/" + pathway.id() + "/texts?language=es"));
    assertThat(page.locator("main")).containsText("Cuando vuelve a casa");
    page.navigate(signIn.url("/pathways/" + pathway.id()));
  }

  private void aLotNumberIsCorrected() {
    Page page = signIn.as("physician");
    whatWasComputedOffersNoButtons(page);
    WorkItem done =
        worklist.ofPathway(pathway.id()).stream()
            .filter(item -> item.element().equals("PerformProcedure"))
            .findFirst()
            .orElseThrow();
    page.navigate(signIn.url("/pathways/" + pathway.id() + "?process=vertebroplasty-procedure"));
    page.locator(".plan a", new Page.LocatorOptions().setHasText(done.title())).first().click();
    page.locator("a[href$='/amend']").click();
    Locator lot = page.locator("[data-link-id=cement-lot] input");
    String wrong = lot.inputValue();
    lot.fill("LOT <2>");
    page.locator("form.answers button[type=submit]").last().click();
    assertThat(page.locator("main [role=alert]")).containsText("Say why");
    assertThat(lot).hasValue("LOT <2>");
    page.locator("#amend-reason").fill("Read from the wrong box");
    page.locator("form.answers button[type=submit]").last().click();
    page.waitForURL("**/pathways/" + pathway.id());
    SignIn.shoot(page, "patient-corrected");
    assertThat(page.locator(".correction")).containsText(wrong);
    assertThat(page.locator(".correction")).containsText("LOT <2>");
    assertThat(page.locator(".correction")).containsText("Read from the wrong box");
    assertThat(worklist.ofPathway(pathway.id()))
        .as("nobody is asked: no decision rests on a lot number")
        .noneMatch(item -> item.element().equals("WeighNews"));
  }

  /** The reasons that rules found, in the form of the decision. */
  private void whatWasComputedOffersNoButtons(Page page) {
    WorkItem decided =
        worklist.ofPathway(pathway.id()).stream()
            .filter(item -> item.element().equals("DecideEligibility"))
            .findFirst()
            .orElseThrow();
    page.navigate(signIn.url("/tasks/" + decided.id() + "/amend"));
    Map<?, ?> computed =
        (Map<?, ?>)
            page.evaluate(
                """
                () => {
                  const asked = "input:not([type=hidden]), select, textarea";
                  const groups = [...document.querySelectorAll("fieldset[data-group]")]
                    .filter((group) => group.querySelector("output") && !group.querySelector(asked));
                  const offered = groups.flatMap((group) => [...group.querySelectorAll("[data-add], [data-remove]")]);
                  return { groups: groups.length, offered: offered.filter((one) => !one.hidden).length };
                }
                """);
    assertThat(((Number) computed.get("groups")).intValue()).isPositive();
    assertThat(((Number) computed.get("offered")).intValue()).isZero();
    SignIn.shoot(page, "form-computed");
  }

  private void aStepCanBeLeftOutButNoGate(Page page) {
    WorkItem visit = open("ContactAt2Weeks");
    open(page, "plan");
    Locator skip = page.locator("details:has(form[action$='" + visit.id() + "/skip'])");
    skip.locator("summary").click();
    skip.locator("button").click();
    assertThat(skip).isVisible();
    skip.locator("select").selectOption("done-elsewhere");
    skip.locator("button").click();
    page.waitForURL("**/pathways/" + pathway.id());
    assertThat(worklist.find(visit.id()).isOpen()).isFalse();
    assertThat(page.locator(".ahead"))
        .containsText(Pattern.compile("\\w.*, from \\d{1,2} [A-Z][a-z]{2} \\d{4}"));
    SignIn.shoot(page, "patient-ahead");
    open(page, "plan");
    assertThat(page.locator(".plan .when").filter(new Locator.FilterOptions().setHasText("from")))
        .hasCount(1);
    assertThat(plan().getActivity())
        .anyMatch(
            activity ->
                activity
                        .getDetail()
                        .getCode()
                        .getCodingFirstRep()
                        .getCode()
                        .equals("ContactAt2Weeks")
                    && activity.getDetail().getStatus() == CarePlanActivityStatus.CANCELLED
                    && activity
                        .getDetail()
                        .getStatusReason()
                        .getCodingFirstRep()
                        .getCode()
                        .equals("done-elsewhere"));
    assertThat(pathways.find(pathway.id()).orElseThrow().isActive()).isTrue();
  }

  private void aStepCanBeAddedOnceAndOnlyWhereTheContentSaysSo(Page page) {
    String added = "/pathways/" + pathway.id() + "/added/";
    open(page, "plan");
    Locator add = page.locator("details:has(form[action$='/added/ExtraContact'])");
    add.locator("summary").click();
    add.locator("select").selectOption("patient-wish");
    add.locator("textarea").fill(HTML);
    add.locator("button").click();
    page.waitForURL("**/pathways/" + pathway.id());

    assertThat(page.locator("section[aria-labelledby=now]")).containsText("Contact in addition");
    open(page, "notes");
    assertThat(page.locator(".notes")).containsText(HTML);
    open(page, "plan");
    assertThat(add).hasCount(0);
    assertThat(plan().getNote()).anyMatch(note -> note.getText().equals(HTML));
    assertThat(post(page, added + "ExtraContact", "other")).as("twice").isEqualTo(409);
    assertThat(post(page, added + "RepeatWorkUp", "other")).as("too late").isEqualTo(409);
    assertThat(post(page, added + "PerformProcedure", "other")).as("never").isEqualTo(409);
    assertThat(post(page, added + "ExtraContact", "")).as("no reason").isEqualTo(400);
    assertThat(post(signIn.as("scheduler"), added + "ExtraContact", "other")).isEqualTo(403);
  }

  private static void open(Page page, String tab) {
    if (page.locator("#tab-" + tab + "[aria-current]").count() > 0) {
      return;
    }
    page.locator("#tab-" + tab).click();
    page.locator("#tab-" + tab + "[aria-current]").waitFor();
  }

  private static Page.LocatorOptions thatHas(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private int post(Page page, String path, String reason) {
    return post(page, path, reason, LocalDate.now(clock).plusDays(1));
  }

  private int post(Page page, String path, String reason, LocalDate until) {
    String token = page.locator("input[name=_csrf]").first().inputValue();
    return page.request()
        .post(
            signIn.url(path),
            com.microsoft.playwright.options.RequestOptions.create()
                .setForm(
                    com.microsoft.playwright.options.FormData.create()
                        .set("_csrf", token)
                        .set("reason", reason)
                        .set("until", until.toString())))
        .status();
  }

  private void refer(String patient) throws Exception {
    fhir = new FhirClient(port());
    signIn = new SignIn(visit.browser(), port());
    String referral = fhir.refer(fhir.sendPatient(patient)).getIdElement().getIdPart();
    pathway = pathways.ofReferral(referral).orElseThrow();
  }

  private void allergy(String patientId) {
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setPatient(new Reference("Patient/" + patientId));
    allergy.setClinicalStatus(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                "active",
                null)));
    allergy.setCode(new CodeableConcept().setText(HTML));
    fhir.as("referrer").create().resource(allergy).execute();
  }

  /** Plays the happy path until a task is open; returns how it would go on. */
  private Answer travelTo(String element) throws Exception {
    Scenario scenario = HappyPath.scenario();
    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        serviceClock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        new PathwayTimers(pathway.id(), jdbc, serviceClock).until(() -> isOpen(answer.task()));
        open(answer.task());
        if (answer.task().equals(element)) {
          return answer;
        }
        player.play(pathway.id(), answer);
      }
    }
    throw new AssertionError("the happy path has no " + element);
  }

  private boolean isOpen(String element) {
    return worklist.ofPathway(pathway.id()).stream()
        .anyMatch(item -> item.isOpen() && item.element().equals(element));
  }

  /** Timers fire a moment after the clock was moved. */
  private WorkItem open(String element) {
    return await("task " + element)
        .atMost(PATIENCE)
        .until(
            () ->
                worklist.ofPathway(pathway.id()).stream()
                    .filter(WorkItem::isOpen)
                    .filter(open -> open.element().equals(element))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private CarePlan plan() {
    return fhir.as("nurse").read().resource(CarePlan.class).withId(pathway.carePlanId()).execute();
  }
}
