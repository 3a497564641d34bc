package org.carepathway.duty.web;

import java.util.UUID;
import org.carepathway.duty.Duty;
import org.carepathway.duty.DutyDesk;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What has to be done by hand: people do it, and say so here. */
@Controller
@RequestMapping("/duties")
class DutyPage {

  private final DutyDesk desk;

  DutyPage(DutyDesk desk) {
    this.desk = desk;
  }

  /**
   * @param patient name; empty where it is about nobody
   */
  record Line(Duty duty, String patient, boolean isLate) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute(
        "lines",
        desk.open().stream()
            .map(duty -> new Line(duty, desk.patient(duty), desk.isLate(duty)))
            .toList());
    return "duties";
  }

  /** A line for the worklist: how many there are; nothing for none. */
  @GetMapping("/count")
  String count(Model model) {
    model.addAttribute("count", desk.count());
    return "duties :: count";
  }

  /** For the head of every page: how many are late; nothing for none. */
  @GetMapping("/late")
  String late(Model model) {
    model.addAttribute("count", desk.late());
    return "duties :: late";
  }

  @PostMapping("/{id}/done")
  String done(@PathVariable UUID id, RedirectAttributes flash) {
    flash.addFlashAttribute("done", desk.done(id));
    return "redirect:/duties";
  }
}
