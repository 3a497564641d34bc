package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.security.ActAs;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.Substitution;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * HTML in whatever people and systems type is text on every page: a name, an allergy, a comment, an
 * answer, a note of hand-over, the names of a colleague, a site and a saved view.
 */
class HtmlIsTextTest extends RunningService {

  private static final String HTML =
      "\"><img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>";

  /** What the text would be, were it not a text; every script of ours has an address. */
  private static final String ELEMENTS = "img[src='x'], [onerror], script:not([src])";

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private Handling handling;
  @Autowired private Substitution substitution;
  @Autowired private Colleagues colleagues;
  @Autowired private ScenarioPlayer player;
  @Autowired private Clock clock;

  private final List<String> complaints = new ArrayList<>();

  @Test
  void noPageTakesItForMoreThanText() throws Exception {
    UUID pathway = pathways.ofReferral(refer()).orElseThrow().id();
    player.play(pathway, (Answer) happyPath().steps().get(0));
    UUID task = open(pathway).id();
    asSomebody(() -> handling.comment(task, HTML, OptionalInt.empty()));
    asSomebody(() -> worklist.claim(task, OptionalInt.empty()));
    ActAs.role(Role.COORDINATOR, "coordinator", "Clara", this::goAway);

    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.page();
      watch(page);
      site.signIn(page, "coordinator");
      look(page, site, "/worklist?scope=everyone");
      find(page, site);
      look(page, site, "/tasks/" + task);
      look(page, site, "/tasks/" + task + "/handling");
      look(page, site, "/absences");
      look(page, site, "/board?of=everyone");
      changesAsOneLooks(page, site, task);
      answer(pathway);
      String patient = "/pathways/" + pathway;
      Set<String> links = new LinkedHashSet<>();
      for (String tab : List.of("course", "measures", "plan", "documents", "notes", "record")) {
        look(page, site, patient + "?all=true&tab=" + tab);
        links.addAll(links(page, patient));
      }
      assertThat(links).anyMatch(link -> link.contains("/documents/"));
      for (String link : links) {
        look(page, site, link);
      }
      look(page, site, patient + "/report/RedFlagReported");
      look(page, site, patient + "/processes/vertebroplasty-referral/steps/TriageReferral");
      look(page, site, patient + "?process=vertebroplasty-referral");
      page.locator(".diagram .zoom button", new Page.LocatorOptions().setHasText("↔")).click();
      page.locator(".diagram [data-element-id='TriageReferral']").first().click();
      page.locator("#step-panel .step").waitFor();
      check(page, "the step beside the drawing");
      look(page, site, "/pathways");
      look(page, site, "/tasks/" + open(pathway).id());
      look(
          page,
          site,
          "/worklist?scope=%22%3E%3Cimg%20src=x%20onerror=window.hit=1%3E&stage=%3Cimg%20src=x%3E");
      page.context().close();
    }
    assertThat(complaints).isEmpty();
  }

  private static Scenario happyPath() throws Exception {
    return HappyPath.scenario();
  }

  private String refer() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient("king-eddie.json");
    Patient patient = fhir.as("referrer").read().resource(Patient.class).withId(id).execute();
    patient.getNameFirstRep().setText(HTML).setFamily(HTML);
    fhir.as("referrer").update().resource(patient).execute();
    AllergyIntolerance allergy = new AllergyIntolerance();
    allergy.setPatient(new Reference("Patient/" + id));
    allergy.setClinicalStatus(
        new CodeableConcept(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",
                "active",
                null)));
    allergy.setCode(new CodeableConcept().setText(HTML));
    fhir.as("referrer").create().resource(allergy).execute();
    ServiceRequest referral = FhirClient.referral(id);
    referral.addPerformer().setDisplay(HTML);
    referral.getRequester().setDisplay(HTML);
    referral.addNote().setText(HTML);
    return fhir.as("referrer").create().resource(referral).execute().getId().getIdPart();
  }

  private WorkItem open(UUID pathway) {
    return worklist.ofPathway(pathway).stream().filter(WorkItem::isOpen).findFirst().orElseThrow();
  }

  private static WorkItem asSomebody(java.util.function.Supplier<WorkItem> action) {
    return ActAs.role(Role.COORDINATOR, "html-" + UUID.randomUUID(), HTML, action);
  }

  private int goAway() {
    Instant now = clock.instant();
    return substitution.enter(
        colleagues.find("coordinator").orElseThrow(),
        colleagues.find("south").orElseThrow(),
        now,
        now.plus(Duration.ofMinutes(10)),
        HTML);
  }

  /** An answer that goes into a letter too. */
  private void answer(UUID pathway) {
    ActAs.role(
        Role.COORDINATOR,
        open(pathway).owner(),
        HTML,
        () -> worklist.release(open(pathway).id(), OptionalInt.empty()));
    player.play(
        pathway,
        new Answer(
            "TriageReferral",
            Map.of(
                "complete",
                false,
                "missing-item",
                List.of("missing-drugs"),
                "missing-text",
                HTML,
                "route",
                "INCOMPLETE",
                "priority",
                "urgent")));
  }

  /** The search and the name of a view are posted, and shown again. */
  private void find(Page page, Site site) {
    page.fill("#find", HTML);
    page.waitForNavigation(() -> page.locator("#find").press("Enter"));
    check(page, "a search for a patient");
    look(page, site, "/worklist?scope=everyone");
    page.fill("#text", HTML);
    page.waitForNavigation(() -> page.locator("#text").press("Enter"));
    check(page, "a search");
    String token = page.locator("input[name=_csrf]").first().inputValue();
    FormData view = FormData.create().set("_csrf", token).set("name", HTML).set("scope", "team");
    page.request().post(site.url("/worklist/views"), RequestOptions.create().setForm(view));
    page.request()
        .post(
            site.url("/worklist/search"),
            RequestOptions.create()
                .setForm(
                    FormData.create().set("_csrf", token).set("text", "").set("scope", "team")));
    look(page, site, "/worklist?scope=everyone");
    assertThat(page.locator("summary + * li").allTextContents().toString()).contains("onerror");
    page.onceDialog(Dialog::accept);
    page.waitForNavigation(
        () ->
            page.locator("form[action*='/worklist/views/'] button").first().dispatchEvent("click"));
  }

  /** What comes by server-sent event is put into an open page. */
  private void changesAsOneLooks(Page page, Site site, UUID task) {
    look(page, site, "/worklist?scope=everyone");
    asSomebody(() -> handling.comment(task, "seen " + HTML, OptionalInt.empty()));
    page.waitForTimeout(1500);
    check(page, "a list that was refreshed");
  }

  private static Set<String> links(Page page, String patient) {
    Object found =
        page.evaluate(
            "() => [...document.querySelectorAll('main a')].map(a => a.getAttribute('href'))");
    Set<String> links = new LinkedHashSet<>();
    for (Object link : (List<?>) found) {
      if (String.valueOf(link).matches(patient + "/(documents|facts)/.*(?<!pdf)")) {
        links.add((String) link);
      }
    }
    return links;
  }

  private void watch(Page page) {
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.text().contains("Content Security Policy")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
  }

  private void look(Page page, Site site, String path) {
    page.navigate(site.url(path));
    check(page, path);
  }

  private void check(Page page, String where) {
    if (page.locator(ELEMENTS).count() > 0 || page.evaluate("() => window.hit") != null) {
      complaints.add(where + ": " + page.locator(ELEMENTS).first().evaluate("e => e.outerHTML"));
    }
  }
}
