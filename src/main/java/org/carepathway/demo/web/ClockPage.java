package org.carepathway.demo.web;

import java.time.Duration;
import java.util.List;
import org.carepathway.clock.ServiceClock;
import org.carepathway.outreach.ShownCarrier;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Moves the demo's clock forward, so that what is due in weeks can be seen today, and shows what
 * would be sent.
 */
@Controller
@Profile("demo")
@RequestMapping("/demo")
class ClockPage {

  private final ServiceClock clock;
  private final List<ShownCarrier> carriers;

  ClockPage(ServiceClock clock, List<ShownCarrier> carriers) {
    this.clock = clock;
    this.carriers = carriers;
  }

  @GetMapping
  String page(Model model) {
    model.addAttribute("now", clock.instant());
    model.addAttribute("ahead", clock.ahead());
    model.addAttribute("steps", Step.values());
    model.addAttribute(
        "messages", carriers.stream().flatMap(carrier -> carrier.shown().stream()).toList());
    return "demo";
  }

  @PostMapping("/forward")
  String forward(@RequestParam Step step, RedirectAttributes flash) {
    clock.advance(step.length);
    flash.addFlashAttribute("moved", step);
    return "redirect:/demo";
  }

  /** How far the clock can be moved at once. */
  enum Step {
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1)),
    TWO_DAYS(Duration.ofDays(2)),
    WEEK(Duration.ofDays(7)),
    FOUR_WEEKS(Duration.ofDays(28)),
    QUARTER(Duration.ofDays(91));

    private final Duration length;

    Step(Duration length) {
      this.length = length;
    }
  }
}
