package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * On a desk's screen no word of a page is cut off, nothing lies over something else, and nothing
 * leaves the page: every page of the menu of every role, in both languages, and the pages of a
 * patient with a long name.
 */
class NothingIsCutTest extends RunningService {

  private static final List<String> EVERYBODY =
      List.of(
          "referrer",
          "coordinator",
          "scheduler",
          "nurse",
          "physician",
          "fls",
          "admin",
          "auditor",
          "ehr");

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;

  private final Set<Object> widths = new HashSet<>();
  private UUID pathway;

  @BeforeEach
  void aPatientWithALongName() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String id = fhir.sendPatient("king-eddie.json");
    Patient patient = fhir.as("coordinator").read().resource(Patient.class).withId(id).execute();
    patient.getNameFirstRep().setFamily("von Hohenstein-Castellanos de la Fuente y Villalobos");
    fhir.as("ehr").update().resource(patient).execute();
    pathway = pathways.ofReferral(fhir.refer(id).getIdElement().getIdPart()).orElseThrow().id();
  }

  @Test
  void noWordOfAPageIsCutOff() {
    List<String> missing = new ArrayList<>();
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      for (String language : List.of("en-GB", "es-ES")) {
        Set<String> seen = new HashSet<>();
        EVERYBODY.forEach(person -> look(site, person, language, seen, missing));
      }
    }
    assertThat(missing).isEmpty();
    assertThat(widths).as("the edge of the pages").hasSize(1);
  }

  /** Of a role the head and what no role before it has shown. */
  private void look(
      Site site, String person, String language, Set<String> seen, List<String> missing) {
    Page page = site.signIn(site.page(new Browser.NewContextOptions().setLocale(language)), person);
    missing.addAll(Legible.missing(page, person + " " + language + " first page"));
    for (String address : addresses(page, site, person)) {
      if (seen.add(address)) {
        page.navigate(address);
        missing.addAll(
            Legible.missing(page, person + " " + language + " " + address.substring(22)));
        widths.add(page.evaluate("document.querySelector('main').getBoundingClientRect().left"));
      }
    }
    page.context().close();
  }

  private Set<String> addresses(Page page, Site site, String person) {
    Set<String> addresses = new LinkedHashSet<>();
    for (Object each :
        (List<?>)
            page.evaluate("[...document.querySelectorAll('header nav a')].map(a => a.href)")) {
      addresses.add((String) each);
    }
    if (person.equals("coordinator")) {
      ofThePatient().stream().map(site::url).forEach(addresses::add);
    }
    return addresses;
  }

  private List<String> ofThePatient() {
    String patient = "/pathways/" + pathway;
    UUID task = worklist.ofPathway(pathway).get(0).id();
    return List.of(
        "/worklist?scope=everyone",
        "/board?of=everyone",
        "/pathways/stages",
        "/absences",
        "/referrals",
        "/week-plan",
        patient,
        patient + "?tab=measures",
        patient + "?tab=plan",
        patient + "?tab=documents",
        patient + "?tab=notes",
        patient + "?tab=record&all=true",
        patient + "/report/RedFlagReported",
        patient + "/processes/vertebroplasty/steps/Referral",
        "/tasks/" + task,
        "/tasks/" + task + "/handling",
        "/nowhere");
  }
}
