package org.carepathway.booking.web;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.carepathway.booking.Weeks;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The day or the week: who is where, by room and person. */
@Controller
@RequestMapping("/day")
class DayPage {

  private static final int WEEK = 7;

  private final Weeks weeks;
  private final Clock clock;

  DayPage(Weeks weeks, Clock clock) {
    this.weeks = weeks;
    this.clock = clock;
  }

  /**
   * @param on a day, today where it is none
   * @param span {@code day} or {@code week}
   */
  @GetMapping
  String page(
      @RequestParam(defaultValue = "") String on,
      @RequestParam(defaultValue = "week") String span,
      Model model) {
    boolean oneDay = span.equals("day");
    LocalDate day = AskedDay.of(on, LocalDate.now(clock));
    LocalDate first = oneDay ? day : day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    int length = oneDay ? 1 : WEEK;
    model.addAttribute("week", weeks.of(first, length));
    model.addAttribute("span", oneDay ? "day" : "week");
    model.addAttribute("on", day);
    model.addAttribute("before", first.minusDays(length));
    model.addAttribute("after", first.plusDays(length));
    return "day";
  }
}
