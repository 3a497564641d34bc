package org.carepathway.booking.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.booking.CalendarFeeds;
import org.carepathway.booking.CapacityDesk;
import org.carepathway.capacity.BookedAs;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Rooms, people and bays, their weekly sessions, leave and extra sessions. */
@Controller
@RequestMapping("/capacity")
class CapacityPage {

  private static final String BACK = "redirect:/capacity";

  private final CapacityDesk desk;
  private final CalendarFeeds feeds;
  private final Clock clock;

  CapacityPage(CapacityDesk desk, CalendarFeeds feeds, Clock clock) {
    this.desk = desk;
    this.feeds = feeds;
    this.clock = clock;
  }

  @GetMapping
  String page(Model model) {
    model.addAttribute("entries", desk.entries());
    model.addAttribute("kinds", BookedAs.values());
    model.addAttribute("days", DayOfWeek.values());
    model.addAttribute("today", LocalDate.now(clock));
    model.addAttribute("mayChange", desk.mayChange());
    model.addAttribute("shared", feeds.shared());
    return "capacity";
  }

  @PostMapping
  String setUp(@RequestParam String kind, @RequestParam String name, RedirectAttributes flash) {
    return tried(flash, () -> desk.setUp(kind, name));
  }

  @PostMapping("/{actor}/retire")
  String retire(@PathVariable long actor, RedirectAttributes flash) {
    return tried(flash, () -> desk.retire(actor));
  }

  /**
   * @param last empty for no end
   */
  record WeeklySession(DayOfWeek day, String from, String to, String first, String last) {}

  @PostMapping("/{actor}/sessions")
  String addSession(@PathVariable long actor, WeeklySession session, RedirectAttributes flash) {
    return tried(
        flash,
        () ->
            desk.addSession(
                actor,
                session.day(),
                Typed.time("From", session.from()),
                Typed.time("Until", session.to()),
                Typed.day("First day", session.first()),
                session.last() == null || session.last().isBlank()
                    ? null
                    : Typed.day("Last day", session.last())));
  }

  @PostMapping("/{actor}/sessions/{session}/remove")
  String removeSession(
      @PathVariable long actor, @PathVariable UUID session, RedirectAttributes flash) {
    return tried(flash, () -> desk.removeSession(actor, session));
  }

  /**
   * @param from local date and time at the site
   */
  record Away(String from, String until, String reason, boolean opens) {}

  @PostMapping("/{actor}/exceptions")
  String addException(@PathVariable long actor, Away away, RedirectAttributes flash) {
    return tried(
        flash,
        () ->
            flash.addFlashAttribute(
                "hits",
                desk.addException(
                    actor,
                    Typed.period(away.from(), away.until(), clock.getZone()),
                    away.opens(),
                    away.reason())));
  }

  @PostMapping("/{actor}/exceptions/{exception}/remove")
  String removeException(
      @PathVariable long actor, @PathVariable UUID exception, RedirectAttributes flash) {
    return tried(flash, () -> desk.removeException(actor, exception));
  }

  private static String tried(RedirectAttributes flash, Runnable change) {
    try {
      change.run();
      flash.addFlashAttribute("kept", true);
    } catch (UnprocessableEntityException wrong) {
      flash.addFlashAttribute("wrong", wrong.getMessage());
    }
    return BACK;
  }
}
