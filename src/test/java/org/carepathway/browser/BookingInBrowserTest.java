package org.carepathway.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The scheduler sets a room up, books a proposed time and sees it in the week. */
class BookingInBrowserTest extends RunningService {

  @Autowired private Capacity capacity;
  @Autowired private Pathways pathways;
  @Autowired private ScenarioPlayer player;
  @Autowired private ServiceClock serviceClock;
  @Autowired private Worklist worklist;

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
      page.navigate(site.url("/tasks/" + task));
      Locator offer = page.locator("section[aria-labelledby=offer]");
      assertThat(offer.locator("ol a")).hasCount(3);
      accessible(page);
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
      page.locator("[data-move]")
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
