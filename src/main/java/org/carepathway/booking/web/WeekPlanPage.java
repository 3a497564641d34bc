package org.carepathway.booking.web;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.carepathway.booking.Place;
import org.carepathway.booking.WeekAcceptance;
import org.carepathway.booking.WeekDesk;
import org.carepathway.booking.WeekProposal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A week is proposed, compared with what is booked, and accepted. */
@Controller
@RequestMapping("/week-plan")
class WeekPlanPage {

  private final WeekDesk desk;
  private final WeekAcceptance acceptance;
  private final Clock clock;

  WeekPlanPage(WeekDesk desk, WeekAcceptance acceptance, Clock clock) {
    this.desk = desk;
    this.acceptance = acceptance;
    this.clock = clock;
  }

  /**
   * @param on a day of the week; the week after this one where it is none
   */
  @GetMapping
  String page(@RequestParam(defaultValue = "") String on, Model model) {
    LocalDate monday = monday(on, model);
    model.addAttribute("proposal", new WeekProposal(monday, desk.booked(monday), List.of()));
    model.addAttribute("asked", false);
    return "week-plan";
  }

  /**
   * @param row each time that was proposed
   * @param pin the pathways whose time stays
   */
  @PostMapping
  String propose(
      @RequestParam String on,
      @RequestParam(defaultValue = "") List<String> row,
      @RequestParam(defaultValue = "") List<String> pin,
      Model model) {
    List<Place> kept =
        row.stream()
            .map(Place::parse)
            .filter(place -> pin.contains(place.pathwayId().toString()))
            .toList();
    model.addAttribute("proposal", desk.propose(monday(on, model), kept));
    model.addAttribute("asked", true);
    return "week-plan";
  }

  @PostMapping("/accept")
  String accept(
      @RequestParam String on, @RequestParam(defaultValue = "") List<String> row, Model model) {
    LocalDate monday = monday(on, model);
    model.addAttribute("outcomes", acceptance.accept(row.stream().map(Place::parse).toList()));
    model.addAttribute("proposal", new WeekProposal(monday, desk.booked(monday), List.of()));
    model.addAttribute("asked", false);
    return "week-plan";
  }

  private LocalDate monday(String on, Model model) {
    LocalDate monday =
        AskedDay.of(on, LocalDate.now(clock).plusWeeks(1))
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    model.addAttribute("before", monday.minusWeeks(1));
    model.addAttribute("after", monday.plusWeeks(1));
    model.addAttribute("last", monday.plusDays(6));
    return monday;
  }
}
