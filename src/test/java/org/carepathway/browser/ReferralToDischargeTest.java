package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;

/** One patient from referral to discharge, done by hand in a browser, each role in its turn. */
class ReferralToDischargeTest extends RunningService {

  private static final String LAST_TASK = "Discharge";

  private static final List<String> OWN =
      List.of("room", "recovery-bay", "operator", "sedation-nurse");

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Clock clock;

  @Test
  void aPatientIsReferredAndGoesHome() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    Scenario scenario = HappyPath.scenario();
    try (Visit visit = Browsers.visit()) {
      int number = 0;
      SignIn signIn = new SignIn(visit.browser(), port());
      Map<String, Page> pages = new HashMap<>();
      for (Scenario.Step step : scenario.steps()) {
        if (step instanceof Wait wait) {
          ZonedDateTime now = ZonedDateTime.now(clock);
          serviceClock.advance(Duration.between(now, now.plus(wait.time())));
        } else if (step instanceof Answer answer) {
          doTask(signIn, pages, pathway, ours(answer), ++number);
          if (LAST_TASK.equals(answer.task())) {
            break;
          }
        }
      }
      lookAtPathway(signIn, pathway);
    }
    assertThat(worklist.ofPathway(pathway))
        .filteredOn(item -> LAST_TASK.equals(item.element()))
        .extracting(item -> item.status().code())
        .containsExactly("completed");
  }

  /**
   * Patients of other tests may have booked the scenario's room and people for that time; and the
   * minutes that the browser takes must not make the antibiotic of the preparation too old.
   */
  private static Answer ours(Answer answer) {
    Map<String, Object> answers = new HashMap<>(answer.answers());
    if (answer.task().equals("BookProcedure")) {
      OWN.forEach(one -> answers.compute(one, (key, name) -> name + " of the browser"));
    } else if (answer.task().equals("PerformProcedure")) {
      answers.put("start", "@now-140min");
    }
    return new Answer(answer.task(), answers, answer.confirm(), answer.refused());
  }

  /**
   * @param pages of those who are signed in already, by their role
   */
  private void doTask(
      SignIn signIn, Map<String, Page> pages, UUID pathway, Answer answer, int number) {
    WorkItem item =
        worklist.ofPathway(pathway).stream()
            .filter(WorkItem::isOpen)
            .filter(open -> open.element().equals(answer.task()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no open task " + answer.task()));
    Page page = pages.computeIfAbsent(item.role(), role -> signIn.as(USERS.get(role)));
    page.bringToFront();
    page.navigate(signIn.url("/worklist"));
    // Patients of other tests may fill the first page.
    page.fill("#text", item.about().mrn());
    page.locator(".search button[type=submit]").click();
    page.waitForURL("**/worklist?*");
    String name = "%02d-%s".formatted(number, item.element());
    SignIn.shoot(page, name + "-worklist");
    page.locator("#open-" + item.id()).click();
    page.waitForURL("**/tasks/" + item.id());
    new FormFiller(page).fill(player.answers(item, answer).getItem());
    SignIn.shoot(page, name + "-form");
    if (LAST_TASK.equals(item.element())) {
      lookAtTheLetters(page, item);
    }
    Locator submit = page.locator("form:has([data-form]) button[type=submit]").last();
    Response sent =
        page.waitForResponse(
            answered -> answered.request().method().equals("POST") && isTask(answered, item),
            submit::click);
    assertThat(sent.status())
        .as(() -> page.locator("main").innerText())
        .isEqualTo(HttpStatus.FOUND.value());
    page.waitForURL(url -> !url.endsWith("/tasks/" + item.id()));
    SignIn.shoot(page, name + "-done");
    assertThat(page.locator("main").innerText()).contains(item.title());
    // An open list would be drawn anew with every step of the others.
    page.navigate("about:blank");
  }

  private static boolean isTask(Response answered, WorkItem item) {
    return answered.url().endsWith("/tasks/" + item.id());
  }

  /** What the patient is handed stands on the page before it is ticked that it was handed out. */
  private void lookAtTheLetters(Page page, WorkItem item) {
    page.locator("button[hx-post$='/letters']").click();
    page.waitForSelector("#letters .letter");
    assertThat(page.locator("#letters .letter").count())
        .as("report, summary and sheet")
        .isEqualTo(3);
    SignIn.shoot(page, "letters-before");
    assertThat(worklist.ofPathway(item.pathwayId()))
        .as("nothing is done")
        .anyMatch(one -> one.id().equals(item.id()) && one.isOpen());
  }

  private void lookAtPathway(SignIn signIn, UUID pathway) {
    Page page = signIn.as("coordinator");
    try (BrowserContext context = page.context()) {
      page.navigate(signIn.url("/pathways/" + pathway));
      SignIn.shoot(page, "90-pathway");
      page.locator("#tab-plan").click();
      page.locator("#tab-plan.active").waitFor();
      assertThat(
              page.locator(".plan li")
                  .filter(new Locator.FilterOptions().setHasText("Discharge the patient"))
                  .innerText())
          .contains("Completed");
      page.setViewportSize(360, 740);
      SignIn.shoot(page, "91-pathway-on-a-phone");
    }
  }
}
