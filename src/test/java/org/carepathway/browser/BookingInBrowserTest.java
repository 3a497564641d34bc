package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.capacity.Bookings;
import org.carepathway.capacity.Capacity;
import org.carepathway.capacity.Period;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.endtoend.ToTheBooking;
import org.carepathway.pathway.Pathways;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The scheduler sets a room up, books a proposed time and sees it in the week. */
class BookingInBrowserTest extends RunningService {

  /** In milliseconds, with a machine that does other things too. */
  private static final int SEARCH = 60_000;

  @Autowired private Capacity capacity;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Worklist worklist;
  @Autowired private Bookings bookings;
  @Autowired private TransactionTemplate transaction;

  @AfterEach
  void takeOutOfUse() {
    capacity.entries().forEach(entry -> capacity.retire(entry.actor().id()));
  }

  @Test
  void aProposedTimeIsBookedAndSeenInTheWeek() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String referral =
        fhir.refer(fhir.sendPatient("boehm-cassaundra.json")).getIdElement().getIdPart();
    UUID pathway = pathways.ofReferral(referral).orElseThrow().id();
    ToTheBooking.play(player, serviceClock, pathway);
    UUID task =
        worklist.ofPathway(pathway).stream()
            .filter(WorkItem::isOpen)
            .filter(item -> item.element().equals("BookProcedure"))
            .findFirst()
            .orElseThrow()
            .id();
    try (Visit visit = Browsers.visit()) {
      Site site = new Site(port(), visit.browser());
      Page page = site.signedIn("scheduler");
      page.navigate(site.url("/tasks/" + task));
      assertThat(page.locator("section[aria-labelledby=offer]"))
          .containsText("has been set up yet");
      setUpARoom(page, site);

      ToTheBooking.setUp(capacity, LocalDate.now(serviceClock)).toList();
      page.navigate(site.url("/capacity"));
      Site.shoot(page, "capacity");
      accessible(page);
      page.getByRole(
              AriaRole.BUTTON,
              new Page.GetByRoleOptions().setName("Make a calendar link : Angio 7"))
          .click();
      assertThat(page.locator("code.feed")).containsText("/calendars/");
      accessible(page);
      Site.shoot(page, "capacity-feed");
      page.navigate(site.url("/tasks/" + task));
      Locator offer = page.locator("section[aria-labelledby=offer]");
      assertThat(offer.locator("ol a")).hasCount(3);
      accessible(page);
      Instant first = start(offer.locator("ol a").first().getAttribute("href"));
      Instant third = start(offer.locator("ol a").last().getAttribute("href"));
      aTimeIsGivenBack(page, site, first);
      aWeekIsPlanned(page, site, third, task, pathway);
      page.navigate(site.url("/tasks/" + task));
      assertThat(offer.locator("ol a")).hasCount(3);
      Site.shoot(page, "booking-offer");
      String start = offer.locator("ol a strong").first().textContent();
      offer.locator("ol a").first().focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("section[aria-labelledby=offer]"))
          .containsText("filled in for the time you chose");
      assertThat(page.locator("[name=operator]")).hasValue("Dr Sample");
      assertThat(page.locator("[name=arrival]")).not().hasValue("");
      page.fill("[name=escort-name]", "Daughter");
      page.fill("[name=escort-phone]", "+1 555");
      page.locator("[name=reminder]").first().check();
      Site.shoot(page, "booking-chosen");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete the task"))
          .click();
      page.waitForURL(url -> url.endsWith("/worklist"));

      String day = booked(pathway);
      page.navigate(site.url("/day?on=" + day));
      assertThat(page.locator("main")).containsText("Boehm");
      accessible(page);
      Site.shoot(page, "week");
      String next = LocalDate.parse(day).plusDays(1).toString();
      // Others may have a booking on that day in the same service.
      String move = "/pathways/%s/move".formatted(pathway);
      page.locator("[data-move='%s']".formatted(move))
          .first()
          .dragTo(page.locator("td[data-day='" + next + "']").first());
      page.waitForURL(url -> url.endsWith("/move?on=" + next));
      assertThat(page.locator("section[aria-labelledby=offer]")).isVisible();
      leave(day);
      page.navigate(site.url("/day?on=" + day));
      assertThat(page.locator("main")).containsText("Dr Sample, Course");
      page.navigate(site.url("/wait-list"));
      accessible(page);
      Site.shoot(page, "wait-list");
      page.navigate(site.url("/day?span=day&on=" + day));
      assertThat(page.locator("main")).containsText("To do:");
      Site.shoot(page, "day");
      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Move or cancel"))
          .and(page.locator("a[href$='%s']".formatted(move)))
          .first()
          .focus();
      page.keyboard().press("Enter");
      page.waitForURL(url -> url.endsWith("/move"));
      page.locator("section[aria-labelledby=offer] ol a").last().focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("section[aria-labelledby=offer]")).containsText("New time");
      accessible(page);
      Site.shoot(page, "move");
      page.locator("[name=change-kind]").first().check();
      page.locator("[name=change-reason]").selectOption(new SelectOption().setIndex(1));
      page.locator("[name=patient-told]").first().check();
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Change the booking"))
          .click();
      page.waitForURL(url -> url.endsWith("/move/done"));
      assertThat(page.locator("main")).containsText("The change is reported");
      accessible(page);
      Site.shoot(page, "moved");
      closeTheSite(page, site);
      assertThat(start).isNotEmpty();
    }
  }

  /** It is offered to who waits, held for them and seen on the wait list; declined, it is free. */
  private void aTimeIsGivenBack(Page page, Site site, Instant start) {
    Appointment other = new Appointment();
    other.setId(UUID.randomUUID().toString());
    other.setStatus(Appointment.AppointmentStatus.BOOKED);
    other.setStart(Date.from(start)).setEnd(Date.from(start.plus(Duration.ofHours(1))));
    other
        .addParticipant()
        .addType(
            new CodeableConcept(
                new Coding("https://carepathway.org/fhir/CodeSystem/booked-as", "room", null)))
        .getActor()
        .setDisplay("Angio 7");
    transaction.executeWithoutResult(status -> assertThat(bookings.book(other)).isEmpty());
    transaction.executeWithoutResult(status -> bookings.free(other.getIdElement().getIdPart()));
    Locator offers = page.locator("section[aria-labelledby=offers] tbody tr:has(button)");
    await()
        .atMost(Duration.ofSeconds(75))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              page.navigate(site.url("/wait-list"));
              return offers.count() > 0;
            });
    assertThat(page.locator("section[aria-labelledby=waiting] tbody")).containsText("Boehm");
    accessible(page);
    Site.shoot(page, "wait-list-offer");
    int open = offers.count();
    offers.first().locator("button[value=false]").focus();
    page.keyboard().press("Enter");
    assertThat(offers).hasCount(open - 1);
    assertThat(page.locator("section[aria-labelledby=offers] tbody")).containsText("Sam Scheduler");
    Site.shoot(page, "wait-list-declined");
  }

  /** By keyboard: proposed, one kept and proposed again, accepted, and on the list of calls. */
  private void aWeekIsPlanned(Page page, Site site, Instant start, UUID task, UUID pathway) {
    page.navigate(site.url("/week-plan?on=" + start.atZone(serviceClock.getZone()).toLocalDate()));
    accessible(page);
    press(page, "Propose the week");
    // Others of that name may wait in the same service.
    String own = "tr:has(a[href$='/pathways/%s'])".formatted(pathway);
    Locator row = page.locator("section[aria-labelledby=rows] tbody " + own);
    assertThat(row).containsText("Proposed.", searched());
    assertThat(row).containsText("Angio 7");
    accessible(page);
    Site.shoot(page, "week-plan");
    String time = row.locator("td strong").first().textContent();
    row.locator("input[name=pin]").focus();
    page.keyboard().press("Space");
    press(page, "Propose again");
    assertThat(row.locator("input[name=pin]")).isChecked();
    assertThat(page.locator("input[name=pin]:checked")).hasCount(1);
    assertThat(row.locator("td strong").first()).hasText(time);
    press(page, "Accept all");
    assertThat(page.locator("section[aria-labelledby=outcomes]"))
        .containsText("held until", searched());
    accessible(page);
    Site.shoot(page, "week-plan-accepted");
    page.navigate(site.url("/wait-list"));
    Locator call = page.locator("section[aria-labelledby=offers] tbody " + own + ":has(button)");
    assertThat(call).containsText(time);
    call.locator("button[value=true]").focus();
    page.keyboard().press("Enter");
    page.waitForURL(url -> url.contains("/tasks/" + task + "?start="));
    assertThat(page.locator("section[aria-labelledby=offer]"))
        .containsText("filled in for the time you chose");
  }

  private static void press(Page page, String button) {
    Locator found = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button));
    found.focus();
    page.waitForResponse(
        answer -> answer.url().contains("/week-plan"),
        new Page.WaitForResponseOptions().setTimeout(SEARCH),
        () -> page.keyboard().press("Enter"));
    page.waitForLoadState();
  }

  /** A week is searched for some seconds. */
  private static LocatorAssertions.ContainsTextOptions searched() {
    return new LocatorAssertions.ContainsTextOptions().setTimeout(SEARCH);
  }

  private static Instant start(String address) {
    return Instant.parse(
        URLDecoder.decode(address, StandardCharsets.UTF_8).replaceAll(".*start=|&.*", ""));
  }

  /** The operator goes on leave for the day. */
  private void leave(String day) {
    Instant begin = LocalDate.parse(day).atStartOfDay(serviceClock.getZone()).toInstant();
    capacity.entries().stream()
        .filter(entry -> entry.actor().name().equals("Dr Sample"))
        .findFirst()
        .ifPresent(
            entry ->
                capacity.addException(
                    entry.actor().id(),
                    new Period(begin, begin.plus(Duration.ofDays(1))),
                    false,
                    "Course",
                    "Test"));
  }

  private String booked(UUID pathway) {
    return pathways.view(pathway).orElseThrow().record().all().stream()
        .filter(Appointment.class::isInstance)
        .map(Appointment.class::cast)
        .map(
            each ->
                each.getStart().toInstant().atZone(serviceClock.getZone()).toLocalDate().toString())
        .findFirst()
        .orElseThrow();
  }

  private static void setUpARoom(Page page, Site site) {
    page.navigate(site.url("/capacity"));
    page.fill("#name", "Angio 8");
    page.locator("form:has(#name) button[type=submit]").click();
    Locator room =
        page.locator("main section").filter(new Locator.FilterOptions().setHasText("Angio 8"));
    room.locator("summary").first().click();
    room.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add a session"))
        .click();
    assertThat(
            page.locator("main section")
                .filter(new Locator.FilterOptions().setHasText("Angio 8"))
                .first())
        .containsText("Monday 08:00 - 16:00");
  }

  /** The page of working time, and what a closure says. */
  private static void closeTheSite(Page page, Site site) {
    page.navigate(site.url("/calendar"));
    accessible(page);
    Site.shoot(page, "calendar");
  }

  private static void accessible(Page page) {
    assertThat(new AxeBuilder(page).analyze().getViolations()).isEmpty();
  }
}
