package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Role;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The coordinator's list in a browser. */
class WorklistInBrowserTest extends RunningService {

  private static Visit visit;

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private Clock clock;

  private final List<String> complaints = new ArrayList<>();
  private Site site;
  private FhirClient fhir;
  private WorkItem task;
  private Page page;

  @BeforeAll
  static void start() {
    visit = Browsers.visit();
  }

  @AfterAll
  static void stop() {
    visit.close();
  }

  @BeforeEach
  void open() throws Exception {
    site = new Site(port(), visit.browser());
    fhir = new FhirClient(port());
    task = referred();
    page = site.page();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(message.text());
          }
        });
    site.signIn(page, "coordinator");
    // What earlier tests left open is overdue by now or due later.
    page.navigate(site.url("/worklist?scope=team&due=day"));
    find(task.about().mrn());
  }

  @AfterEach
  void nothingWentWrong() {
    page.context().close();
    assertThat(complaints).isEmpty();
  }

  @Test
  void aRowShowsWhatPeopleScan() {
    assertThat(row(task)).containsText(task.patientName());
    assertThat(row(task)).containsText(task.about().mrn());
    assertThat(row(task)).containsText("Referral and triage");
    assertThat(row(task)).containsText("Urgent");
    assertThat(row(task)).containsText("in 8 hours");
    assertThat(row(task)).containsText("Came from");
    Site.shoot(page, "worklist");
    double height =
        ((Number) row(task).evaluate("row => row.getBoundingClientRect().height")).doubleValue();
    assertThat(height).isLessThanOrEqualTo(40);
  }

  @Test
  void itIsSortedByAColumnAndTheTabsSayHowMuchThereIs() throws Exception {
    UUID later = referred().id();
    find("");
    page.navigate(site.url("/worklist?scope=everyone"));
    String tab = ".nav-tabs a[href$='scope=everyone'] .count";
    assertThat(page.locator(tab)).hasText(Pattern.compile("[1-9]\\d*\\+?"));
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Last event")).click();
    assertThat(page.locator("th[aria-sort=ascending]")).hasText("Last event");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Last event")).click();
    assertThat(page.locator("th[aria-sort=descending]")).hasText("Last event");
    assertThat(page.locator("#rows tr").first()).hasAttribute("id", "row-" + later);
  }

  /** Addresses end up in logs and histories. */
  @Test
  void whatIsSearchedForIsInNoAddress() {
    String family = task.patientName().split(" ")[1];
    find(family.substring(0, 5).toLowerCase());
    assertThat(row(task)).isVisible();
    assertThat(page.url().toLowerCase()).doesNotContain(family.substring(0, 5).toLowerCase());

    find("nobody-is-called-so");
    assertThat(page.locator("#rows")).containsText("No open task fits these filters");
  }

  /** The counts on the tabs are of what is searched for, until the search is ended. */
  @Test
  void theTabsCountWhatIsSearchedFor() {
    find("nobody-is-called-so");
    assertThat(page.locator(".nav-tabs .count").filter(hasText(Pattern.compile("^0$"))))
        .hasCount(page.locator(".nav-tabs .count").count());
    page.locator(".tools form button.btn-warning").click();
    assertThat(page.locator(".tools form button.btn-warning")).hasCount(0);
    page.navigate(site.url("/worklist?scope=everyone"));
    assertThat(page.locator(".nav-tabs a[aria-current] .count"))
        .hasText(Pattern.compile("[1-9]\\d*\\+?"));
  }

  private static Locator.FilterOptions hasText(Pattern text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  /** Most who snooze a task mean tomorrow. */
  @Test
  void whoSnoozesIsOfferedTomorrow() {
    page.navigate(site.url("/worklist?scope=everyone"));
    String tomorrow = LocalDate.now(clock).plusDays(1) + "T08:00";
    assertThat(page.locator("#until")).hasValue(tomorrow);
  }

  @Test
  void filtersStayAndAreSavedForTheTeam() {
    page.getByText("Filter", new Page.GetByTextOptions().setExact(true)).click();
    page.selectOption("#stage", "Referral and triage");
    page.selectOption("#due", "three-days");
    page.locator(".filter button[type=submit]").click();
    assertThat(page).hasURL(Pattern.compile(".*stage=Referral.*due=three-days.*"));
    assertThat(row(task)).isVisible();

    page.navigate(site.url("/board"));
    page.navigate(site.url("/worklist"));
    assertThat(page.locator("#stage")).hasValue("Referral and triage");

    String name = "Triage soon " + task.id();
    page.getByText("Saved views", new Page.GetByTextOptions().setExact(true)).click();
    page.fill("#view", name);
    page.getByText("Save for my team").click();
    page.navigate(site.url("/worklist?scope=everyone"));
    assertThat(page.locator("#stage")).hasValue("");
    page.getByText("Saved views", new Page.GetByTextOptions().setExact(true)).click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name)).click();
    assertThat(page.locator("#stage")).hasValue("Referral and triage");
    assertThat(page.locator("#due")).hasValue("three-days");

    page.getByText("Saved views", new Page.GetByTextOptions().setExact(true)).click();
    page.onceDialog(
        asked -> {
          assertThat(asked.message()).contains(name);
          asked.accept();
        });
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delete " + name)).click();
    assertThat(page.getByText(name)).hasCount(0);
  }

  @Test
  void tickedTasksAreTakenOnSnoozedCommentedAndGivenBack() {
    tick();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take on")).click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("You took on 1 task.");
    assertThat(row(task)).containsText("you");

    tick();
    openBulk("Comment");
    page.fill("#comment", "<img src=x onerror=alert(1)> rang twice");
    page.locator("button[value=comment]").click();
    page.locator("#notes-" + task.id()).click();
    assertThat(page.locator(".notes")).containsText("<img src=x onerror=alert(1)> rang twice");
    assertThat(page.locator(".notes img")).hasCount(0);
    Site.shoot(page, "handling");

    page.navigate(site.url("/worklist?scope=mine"));
    tick();
    openBulk("Snooze");
    page.fill("#until", local(LocalDateTime.now(clock).plusHours(2)));
    page.fill("#reason", "Daughter calls back");
    page.locator("button[value=snooze]").click();
    assertThat(row(task)).hasCount(0);
    page.navigate(site.url("/worklist?scope=snoozed"));
    assertThat(row(task)).containsText("Daughter calls back");
    tick();
    openBulk("Snooze");
    page.locator("button[value=wake]").click();
    page.navigate(site.url("/worklist?scope=mine"));
    tick();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Give back")).click();
    assertThat(row(task)).hasCount(0);
    assertThat(worklist.find(task.id()).owner()).isNull();
  }

  @Test
  void withoutAReasonOrANamePeopleAreToldWhatIsMissingAndTicksStay() {
    assertThat(page.locator(".bulk")).isHidden();
    tick();
    openBulk("Snooze");
    page.fill("#until", local(LocalDateTime.now(clock).plusHours(2)));
    page.locator("button[value=snooze]").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("say why");
    assertThat(page.locator("#tick-" + task.id())).isChecked();
    openBulk("Assign");
    page.locator("button[value=assign]").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Name a colleague");
    assertThat(page.locator("#tick-" + task.id())).isChecked();
    openBulk("Assign");
    page.selectOption("#to", "nurse");
    page.locator("button[value=assign]").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nora Nurse does not have");
  }

  @Test
  void whoWasSlowerReadsWhoWasFaster() {
    tick();
    carl(() -> worklist.claim(task.id(), OptionalInt.empty()));
    assertThat(row(task)).containsText("Carl Colleague");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Take on")).click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Carl Colleague was faster");
    Site.shoot(page, "worklist-somebody-was-faster");
  }

  @Test
  void aTaskThatAColleagueFinishesLeavesTheListByItself() throws Exception {
    assertThat(page.locator("#rows[data-listening]")).hasCount(1);
    UUID stays = referred().id();
    find("");
    // The newest first: tasks of other tests may fill the page.
    page.navigate(site.url("/worklist?scope=team&sort=-last"));
    assertThat(page.locator("#rows[data-listening]")).hasCount(1);
    assertThat(page.locator("#row-" + stays)).isVisible();
    assertThat(row(task)).isVisible();
    page.locator("#tick-" + stays).check();

    long begin = System.nanoTime();
    player.play(task.pathwayId(), answer(1));
    long finished = System.nanoTime();
    row(task).waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    System.out.printf(
        "finished after %d ms, gone from the other list %d ms later%n",
        (finished - begin) / 1_000_000, (System.nanoTime() - finished) / 1_000_000);
    assertThat(page.locator("#tick-" + stays)).isChecked();
  }

  @Test
  void theLanguageIsTheBrowsersUntilSomebodyChoosesOne() {
    Page spanish =
        site.page(
            new Browser.NewContextOptions().setLocale("es-ES").setColorScheme(ColorScheme.DARK));
    spanish.navigate(site.url("/login"));
    assertThat(spanish.locator("h1")).hasText("Iniciar sesión");
    assertThat(spanish.locator("html")).hasAttribute("lang", "es");
    assertThat(spanish.locator("html")).hasAttribute("data-bs-theme", "dark");
    site.signIn(spanish, "coordinator");
    assertThat(spanish.locator("h1")).hasText("Lista de trabajo");
    Site.shoot(spanish, "worklist-spanish-dark");

    spanish.getByText("Pantalla", new Page.GetByTextOptions().setExact(true)).click();
    spanish.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("English")).click();
    assertThat(spanish.locator("h1")).hasText("Worklist");
    spanish.getByText("Display", new Page.GetByTextOptions().setExact(true)).click();
    spanish
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Light").setExact(true))
        .click();
    assertThat(spanish.locator("html")).hasAttribute("data-bs-theme", "light");
    spanish.navigate(site.url("/board"));
    assertThat(spanish.locator("h1")).hasText("Team board");
    assertThat(spanish.locator("html")).hasAttribute("data-bs-theme", "light");
    spanish.context().close();
  }

  @Test
  void nothingIsWiderThanAPhone() {
    page.setViewportSize(360, 740);
    for (String path : List.of("/worklist", "/board", "/absences", "/pathways", "/login")) {
      page.navigate(site.url(path));
      assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .as(path)
          .isTrue();
      Site.shoot(page, "phone" + path.replace('/', '-'));
    }
  }

  @Test
  void theFirstTaskStandsOnTheFirstScreenOfAPhone() {
    page.setViewportSize(360, 740);
    page.navigate(site.url("/worklist?scope=team"));
    assertThat(
            ((Number)
                    page.evaluate(
                        "document.querySelector('#rows tr a').getBoundingClientRect().bottom"))
                .intValue())
        .isLessThan(740);
    page.navigate(site.url("/pathways"));
    assertThat(page.locator(".bar nav a[aria-current]")).isInViewport();
  }

  @Test
  void whoHasNoTasksBeginsWhereTheyAreNeeded() {
    assertThat(site.signedIn("admin").url()).endsWith("/incidents");
    assertThat(site.signedIn("auditor").url()).endsWith("/audit");
    assertThat(page.navigate(site.url("/nowhere")).status()).isEqualTo(404);
    assertThat(page.locator("main")).not().containsText("You may not do this");
  }

  @Test
  void theBoardLeadsToTheTasksItCounts() {
    page.navigate(site.url("/board"));
    Site.shoot(page, "board");
    Locator stage =
        page.locator("tr")
            .filter(new Locator.FilterOptions().setHasText("Referral and triage"))
            .first();
    int within = Integer.parseInt(stage.locator("td").nth(7).innerText().strip().replace(",", ""));
    assertThat(within).isPositive();
    page.navigate(site.url("/worklist"));
    find("");
    page.navigate(site.url("/board"));
    stage.locator("td").nth(7).locator("a").click();
    assertThat(page.locator("#stage")).hasValue("Referral and triage");
    assertThat(page.locator("#rows tr[id]")).hasCount(Math.min(50, within));
  }

  @Test
  void anAbsenceIsEnteredAndEnded() {
    page.locator("a[href='/absences']").click();
    page.selectOption("#absent", "coordinator");
    assertThat(page.locator("#substitute option[value=admin]")).hasCount(0);
    assertThat(page.locator("#substitute option[value=ehr]")).hasCount(0);
    page.selectOption("#substitute", "nurse");
    LocalDateTime now = LocalDateTime.now(clock);
    page.fill("#from", local(now));
    page.fill("#until", local(now.plusDays(1)));
    String note = "Ring the daughter " + task.id();
    page.fill("#note", note);
    page.locator("main form.answers button[type=submit]").click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("may not do every task of");
    assertThat(page.locator("#note")).hasValue(note);
    page.selectOption("#substitute", "south");
    page.locator("main form.answers button[type=submit]").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Entered");
    Locator row = page.locator("tr").filter(new Locator.FilterOptions().setHasText(note));
    assertThat(row).containsText("Sofia");
    Site.shoot(page, "absences");
    page.navigate(site.url("/tasks/" + task.id() + "/handling"));
    assertThat(page.locator("#to option[value=coordinator]")).containsText("away until");
    page.navigate(site.url("/absences"));
    row.locator("button").click();
    assertThat(page.getByText(note)).hasCount(0);
  }

  @Test
  void theDayIsDoneByKeyboardAlone() {
    Page keys = site.page();
    keys.onPageError(complaints::add);
    keys.navigate(site.url("/login"));
    assertThat(keys.locator("#username")).isFocused();
    keys.keyboard().type("coordinator");
    keys.keyboard().press("Tab");
    keys.keyboard().type("coordinator");
    keys.keyboard().press("Enter");
    keys.waitForURL("**/worklist*");

    keys.keyboard().press("Tab");
    assertThat(keys.locator("a.skip")).isFocused();
    keys.keyboard().press("Enter");
    tabTo(keys, "#text");
    keys.keyboard().type(task.about().mrn());
    keys.keyboard().press("Enter");
    assertThat(keys.getByText("end it").first()).isVisible();

    tabTo(keys, "#tick-" + task.id());
    keys.keyboard().press("Space");
    assertThat(keys.locator("#tick-" + task.id())).isChecked();
    backTo(keys, ".bulk button[value=claim]");
    keys.keyboard().press("Enter");
    assertThat(keys.getByRole(AriaRole.STATUS)).containsText("You took on");
    tabTo(keys, "#open-" + task.id());
    keys.keyboard().press("Enter");
    keys.waitForURL("**/tasks/" + task.id());
    assertThat(keys.locator("h1")).containsText(task.title());
    keys.context().close();
  }

  @Test
  void singleKeysGoFromTaskToTaskUnlessTheyAreSwitchedOff() {
    page.locator("#rows[data-listening]").waitFor();
    press(page, "j", "#open-" + task.id());
    page.keyboard().press("x");
    assertThat(page.locator("#tick-" + task.id())).isChecked();
    page.keyboard().press("s");
    assertThat(page.locator("#until")).isFocused();
    page.keyboard().press("Escape");
    page.keyboard().press("?");
    assertThat(page.locator("#keys")).isVisible();
    Site.shoot(page, "worklist-keys");
    page.keyboard().press("Escape");
    page.keyboard().press("/");
    assertThat(page.locator("#find")).isFocused();
    page.keyboard().type("?/j");
    assertThat(page.locator("#find")).hasValue("?/j");

    page.getByText("Display", new Page.GetByTextOptions().setExact(true)).click();
    page.locator("button[name=keys][value=off]").click();
    page.keyboard().press("/");
    assertThat(page.locator("#find")).not().isFocused();
  }

  private static void tabTo(Page page, String what) {
    press(page, "Tab", what);
  }

  private static void backTo(Page page, String what) {
    press(page, "Shift+Tab", what);
  }

  private static void press(Page page, String key, String what) {
    String focused = "document.activeElement.matches(" + quoted(what) + ")";
    for (int i = 0; i < 400; i++) {
      if (Boolean.TRUE.equals(page.evaluate(focused))) {
        return;
      }
      page.keyboard().press(key);
    }
    throw new AssertionError(what + " is not reached with " + key);
  }

  /** An id may begin with a digit, which a selector with # may not. */
  private static String quoted(String selector) {
    return "\""
        + (selector.startsWith("#") ? "[id='" + selector.substring(1) + "']" : selector)
        + "\"";
  }

  private void find(String text) {
    page.fill("#text", text);
    page.locator(".search button[type=submit]").click();
    page.waitForURL("**/worklist?*");
  }

  private Locator row(WorkItem item) {
    return page.locator("#row-" + item.id());
  }

  private void tick() {
    page.locator("#tick-" + task.id()).check();
  }

  private void openBulk(String name) {
    page.locator(".bulk summary").filter(new Locator.FilterOptions().setHasText(name)).click();
  }

  private static String local(LocalDateTime time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm").format(time);
  }

  private static void carl(Runnable action) {
    ActAs.role(
        Role.COORDINATOR,
        "carl",
        "Carl Colleague",
        () -> {
          action.run();
          return null;
        });
  }

  private static Answer answer(int number) throws Exception {
    return HappyPath.scenario().steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .skip(number)
        .findFirst()
        .orElseThrow();
  }

  /** The triage of a new referral, which the referrer has completed. */
  private WorkItem referred() throws Exception {
    String referral = fhir.refer(fhir.sendPatient("kiehn-josue.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    player.play(pathway, answer(0));
    return worklist.ofPathway(pathway).stream().filter(WorkItem::isOpen).findFirst().orElseThrow();
  }
}
