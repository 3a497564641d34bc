package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.Cookie;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.outreach.AskedPatient;
import org.carepathway.outreach.ShownCarrier;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;

/** A patient answers by a link where the network comes and goes, and opens links that are over. */
class PatientLinkWithoutNetworkTest extends RunningService {

  private static final String CODE = "at => at.dataset.code || at.value";
  private static final LocatorAssertions.ContainsTextOptions PATIENT =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private JdbcTemplate jdbc;

  @Autowired
  @Qualifier("shownSms")
  private ShownCarrier texts;

  private FhirClient fhir;
  private UUID pathway;
  private Patient known;
  private WorkItem contact;
  private String link;

  private void ask(String file) throws Exception {
    fhir = new FhirClient(port());
    String patient = fhir.sendPatient(file);
    pathway =
        pathways.ofReferral(fhir.refer(patient).getIdElement().getIdPart()).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    contact = asked.travelTo("ContactAt2Weeks", List.of("sms"));
    asked.toTheMorning();
    link = "/link/" + AskedPatient.token(texts, jdbc, contact.id());
    known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();
  }

  /** With the keyboard alone, in Spanish; the answers are an alarm. */
  @Test
  void whatWasEnteredIsKeptAndSentOnceThereIsANetwork() throws Exception {
    ask("klein-genevie.json");
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      PatientPhone phone = PatientPhone.of(site, "es-ES");
      Page page = phone.page();
      Keys keys = new Keys(page);
      page.navigate(site.url(link + "?language=es"));
      assertThat(page.locator("html")).hasAttribute("lang", "es");
      phone.fits("link-es-birth");
      String[] date = known.getBirthDateElement().asStringValue().split("-");
      keys.to("input[name=day]");
      keys.type(date[2]);
      keys.to("input[name=month]");
      keys.type(date[1]);
      keys.to("input[name=year]");
      keys.type(date[0]);
      keys.enter();
      keys.choose("answered-by", "answered-family");
      assertThat(page.locator("#draft-state")).containsText("Guardado", PATIENT);

      BrowserContext network = page.context();
      network.setOffline(true);
      keys.to(".turn .btn-primary");
      keys.press("Enter");
      keys.choose("red-flag-weakness", "true");
      assertThat(page.locator("#draft-state")).containsText("Sin conexión", PATIENT);
      phone.fits("link-es-offline");
      network.setOffline(false);
      assertThat(page.locator("#draft-state")).containsText("Guardado", PATIENT);

      page.reload();
      assertThat(page.locator("[data-link-id=red-flag-weakness] input[value=true]")).isChecked();

      for (int screen = 1; screen < 20 && phone.next().isVisible(); screen++) {
        phone.fits("link-es-screen-" + screen);
        answer(page, keys);
        keys.to(".turn .btn-primary");
        keys.press("Enter");
      }
      answer(page, keys);
      network.setOffline(true);
      keys.to("[data-last] button[type=submit]");
      keys.press("Enter");
      assertThat(page.locator("#draft-state")).containsText("TODAVÍA NO", PATIENT);
      phone.fits("link-es-unsent");
      Assertions.assertThat(worklist.find(contact.id()).isOpen()).isTrue();
      // Whose visit is over by then is told as loudly, and sends nothing.
      List<Cookie> cookies = network.cookies();
      network.clearCookies();
      network.setOffline(false);
      assertThat(page.locator("#draft-state.unsent")).containsText("no se han enviado", PATIENT);
      phone.fits("link-es-too-late");
      Assertions.assertThat(worklist.find(contact.id()).isOpen()).isTrue();
      network.addCookies(cookies);
      assertThat(page.locator("h1")).containsText("Busque ayuda", PATIENT);
      phone.fits("link-es-alarm");
      Assertions.assertThat(worklist.find(contact.id()).isOpen()).isFalse();
      Assertions.assertThat(worklist.ofPathway(pathway))
          .anyMatch(item -> item.isOpen() && item.element().equals("ActOnRedFlag"));

      page.navigate(site.url(link + "?language=es"));
      assertThat(page.locator("h1")).containsText("Busque ayuda");
      network.clearCookies();
      page.navigate(site.url(link + "?language=es"));
      assertThat(page.locator("h1")).hasText("Gracias");
      phone.fits("link-es-used");
    }
  }

  @Test
  void linksThatAreOverAreKindAndRevealNothing() throws Exception {
    ask("kiehn-josue.json");
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      PatientPhone phone = PatientPhone.of(site, "en-GB");
      Page page = phone.page();
      page.navigate(site.url(link));
      for (int i = 1; i <= 5; i++) {
        phone.born("1", "1", "1900");
        page.waitForLoadState();
      }
      assertThat(page.locator("h1")).hasText("This link is locked");
      over(phone, "link-locked");
      page.navigate(site.url(link + "?language=es"));
      over(phone, "link-es-locked");
      page.navigate(site.url("/link/AAAAAAAAAAAAAAAAAAAAAAAA"));
      over(phone, "link-unknown");

      ask("boehm-cassaundra.json");
      clock.advance(Duration.ofDays(60));
      page.navigate(site.url(link));
      assertThat(page.locator("h1")).hasText("This link cannot be used any more");
      over(phone, "link-expired");
      page.navigate(site.url(link + "?language=es"));
      over(phone, "link-es-expired");
    }
  }

  private void over(PatientPhone phone, String name) {
    phone.fits(name);
    Assertions.assertThat(phone.page().content())
        .doesNotContain(known.getNameFirstRep().getFamily())
        .doesNotContain("pain");
  }

  /** By keyboard: the first option that is no sign of anything, and no falls. */
  private static void answer(Page page, Keys keys) {
    for (Locator field : page.locator("[data-form] [data-link-id]:visible").all()) {
      String name = field.getAttribute("data-link-id");
      Locator radios = field.locator("input[type=radio]:visible");
      if (radios.count() > 0 && field.locator("input:checked").count() == 0) {
        boolean truth = field.locator("input[value=false]").count() > 0;
        keys.choose(name, truth ? "false" : radios.first().evaluate(CODE).toString());
      } else if (name.equals("since-last")) {
        keys.to("[data-link-id='since-last'] input[value='since-nothing']");
        keys.press("Space");
      } else if (name.equals("falls")) {
        keys.to("[data-link-id='falls'] input");
        keys.press("Control+A");
        keys.type("0");
      }
    }
  }
}
