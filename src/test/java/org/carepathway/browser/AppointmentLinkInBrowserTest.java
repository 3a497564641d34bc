package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import net.fortuna.ical4j.data.CalendarBuilder;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.outreach.AskedPatient;
import org.carepathway.outreach.ShownCarrier;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.AppointmentResponse;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A patient reads a reminder on a small phone, confirms, and later asks for another date. */
class AppointmentLinkInBrowserTest extends RunningService {

  private static final int WIDTH = 360;
  private static final int HEIGHT = 740;

  @Autowired private Pathways pathways;
  @Autowired private Worklist worklist;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock clock;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Records records;
  @Autowired private TransactionTemplate transaction;

  @Autowired
  @Qualifier("shownSms")
  private ShownCarrier texts;

  @Test
  void confirmsAndThenAsksForAnotherDate() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient("klein-genevie.json");
    String referral = fhir.refer(patient).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    AskedPatient asked = new AskedPatient(pathway, player, worklist, clock, jdbc);
    asked.travelTo("PrepareForProcedure", List.of("sms"));
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("nurse");
      page.navigate(site.url("/pathways/" + pathway + "/instructions"));
      assertThat(page.locator("dl"))
          .containsText(
              Pattern.compile("Come at.*No food from.*Last dose not after", Pattern.DOTALL));
      Site.shoot(page, "instructions");
    }
    // Moved by other means than the booking: what hung on the former time is not shown any more.
    Instant start = ZonedDateTime.now(clock).with(LocalTime.NOON).plusDays(20).toInstant();
    String about = move(pathway, start) + '@' + start.getEpochSecond();
    clock.advance(Duration.between(clock.instant(), start.minus(Duration.ofHours(23))));
    asked.toTheMorning();
    String token = AskedPatient.token(texts, jdbc, about);
    Patient known = fhir.as("nurse").read().resource(Patient.class).withId(patient).execute();

    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = phone(site, "en-GB");
      page.navigate(site.url("/link/" + token));
      assertThat(page.content()).doesNotContain("Apixaban").doesNotContain("Angio");
      String[] date = known.getBirthDateElement().asStringValue().split("-");
      page.fill("input[name=day]", date[2]);
      page.fill("input[name=month]", date[1]);
      page.fill("input[name=year]", date[0]);
      page.locator("main button[type=submit]").click();
      assertThat(page.locator("h1")).hasText("Your appointment");
      assertThat(page.locator("dl")).containsText("Your time was changed");
      assertThat(page.locator("dl"))
          .not()
          .containsText(Pattern.compile("Come at|No food from|Last dose not after"));
      fits(page, "link-appointment");

      String ics = page.url() + "/appointment.ics";
      assertThat(page.locator("a[href*='appointment.ics']")).hasText("Put it into your calendar");
      APIResponse file = visitWith(page, ics);
      assertThat(file.headers().get("content-type")).isEqualTo("text/calendar;charset=UTF-8");
      assertThat(file.headers().get("content-disposition")).contains("appointment.ics");
      assertThat(file.text().split("\r\n"))
          .contains(
              "METHOD:PUBLISH",
              "SEQUENCE:1",
              "DTSTART:" + start.toString().replaceAll("[-:]", ""),
              "SUMMARY:Appointment: Example Hospital");
      assertThat(file.text()).doesNotContain("Apixaban", patient, about, "spine");
      assertThat(new CalendarBuilder().build(new StringReader(file.text())).validate().getEntries())
          .isEmpty();
      assertThat(visitWith(phone(site, "en-GB"), ics).status()).as("nobody").isEqualTo(403);

      page.locator("button[value=comes]").click();
      assertThat(page.locator("[role=status]")).containsText("we expect you");
      assertThat(answers(pathway)).containsExactly(ParticipantStatus.ACCEPTED);
      assertThat(tasks(pathway)).doesNotContain("ReplanBooking");

      page.navigate(site.url("/link/" + token + "?language=es"));
      assertThat(page.locator("html")).hasAttribute("lang", "es");
      page.locator("summary").focus();
      page.keyboard().press("Enter");
      // A browser's limit is no limit of the service: nothing is cut off in silence.
      page.evaluate("document.querySelector('#note').removeAttribute('maxlength')");
      page.fill("#note", "x".repeat(400) + "\n" + "y".repeat(103));
      page.locator("button[value=asks]").click();
      assertThat(page.locator("#too-long")).containsText("más de 500 caracteres: quite 4");
      assertThat(page.locator("#note")).hasValue(Pattern.compile("x{400}\ny{103}"));
      assertThat(answers(pathway)).containsExactly(ParticipantStatus.ACCEPTED);
      fits(page, "link-appointment-too-long-es");
      page.fill("#note", "Solo por la mañana");
      fits(page, "link-appointment-es");
      page.locator("button[value=asks]").focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("[role=status]")).containsText("Ha pedido otra fecha");
      fits(page, "link-appointment-asked");
      assertThat(answers(pathway)).containsExactly(ParticipantStatus.TENTATIVE);
      assertThat(tasks(pathway)).contains("ReplanBooking");
      assertThat(page.locator("button[value=cancels]")).hasCount(0);

      page.navigate(site.url("/link/" + token + "/channels?language=en"));
      assertThat(page.locator("h1")).hasText("How and when may we write to you?");
      page.locator("#channel-sms").uncheck();
      page.locator("#hours-12-15").check();
      page.locator("main button[type=submit]").click();
      assertThat(page.locator("[role=status]")).hasText("Kept.");
      assertThat(page.locator("#hours-12-15")).isChecked();
      assertThat(page.locator("#hours-09-12")).not().isChecked();
      fits(page, "link-channels");
      assertThat(
              jdbc.queryForList(
                  "select channel from outreach_refusal where patient = ?", String.class, patient))
          .containsExactly("sms");

      Page nobody = phone(site, "en-GB");
      nobody.navigate(site.url("/link/" + token + "/channels"));
      assertThat(nobody.locator("input[name=year]")).isVisible();
      staff(site, pathway);
      assertThat(
              jdbc.queryForList(
                  "select channel from outreach_refusal where patient = ?", String.class, patient))
          .as("taken back")
          .isEmpty();
      cancel(pathway);
      nobody.navigate(site.url("/link/" + token));
      assertThat(nobody.locator("a[href*='appointment.ics']"))
          .hasText("Take the cancelled appointment out of your calendar");
      fits(nobody, "link-gone-cancelled");
      String gone = visitWith(nobody, ics).text();
      assertThat(gone.split("\r\n")).contains("METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED");
      assertThat(gone)
          .contains("DTSTART;VALUE=DATE:" + start.toString().substring(0, 10).replace("-", ""))
          .doesNotContain("DTEND", "LOCATION");
      assertThat(new CalendarBuilder().build(new StringReader(gone)).validate().getEntries())
          .isEmpty();
    }
  }

  /** As a step does. */
  private String move(UUID pathway, Instant start) {
    return transaction.execute(
        status -> {
          records.triggeredBy(new Trigger("test/" + UUID.randomUUID(), Agent.SERVICE));
          OpenPathway open = pathways.open(pathway);
          Appointment booked =
              (Appointment) open.record().ofTypes(java.util.Set.of("Appointment")).get(0).copy();
          booked.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
          open.record().write("BookProcedure", booked);
          return booked.getIdElement().getIdPart();
        });
  }

  private void cancel(UUID pathway) {
    transaction.executeWithoutResult(
        status -> {
          records.triggeredBy(new Trigger("test/" + UUID.randomUUID(), Agent.SERVICE));
          OpenPathway open = pathways.open(pathway);
          Appointment booked =
              (Appointment) open.record().ofTypes(java.util.Set.of("Appointment")).get(0).copy();
          open.record().write("BookProcedure", booked.setStatus(AppointmentStatus.CANCELLED));
        });
  }

  private static void staff(Site site, UUID pathway) {
    Page page = site.signedIn("nurse");
    page.navigate(site.url("/pathways/" + pathway + "/instructions"));
    assertThat(page.locator("dl")).containsText("Your time was changed");
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
    page.navigate(site.url("/pathways/" + pathway + "/channels"));
    assertThat(page.locator("#channel-sms")).not().isChecked();
    page.locator("#channel-sms").check();
    page.locator("main form button[type=submit]").click();
    assertThat(page.locator("#channel-sms")).isChecked();
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
  }

  private List<String> tasks(UUID pathway) {
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen())
        .map(item -> item.element())
        .toList();
  }

  private List<ParticipantStatus> answers(UUID pathway) {
    return record(pathway, AppointmentResponse.class).stream()
        .map(AppointmentResponse::getParticipantStatus)
        .toList();
  }

  private <T extends org.hl7.fhir.r4.model.Resource> List<T> record(UUID pathway, Class<T> type) {
    return pathways
        .view(pathway)
        .orElseThrow()
        .record()
        .ofTypes(java.util.Set.of(type.getSimpleName()))
        .stream()
        .map(type::cast)
        .toList();
  }

  private static APIResponse visitWith(Page page, String address) {
    return page.request().get(address.replaceAll("\\?.*(?=/appointment)", ""));
  }

  private static Page phone(Site site, String locale) {
    return site.page(
        new Browser.NewContextOptions()
            .setViewportSize(WIDTH, HEIGHT)
            .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
            .setLocale(locale));
  }

  private static void fits(Page page, String name) {
    Site.shoot(page, name);
    assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
        .as(name + " is no wider than the phone")
        .isLessThanOrEqualTo(WIDTH);
    assertThat(new AxeBuilder(page).analyze().getViolations()).as(name).isEmpty();
  }
}
