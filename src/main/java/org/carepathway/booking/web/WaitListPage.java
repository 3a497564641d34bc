package org.carepathway.booking.web;

import java.util.UUID;
import org.carepathway.booking.WaitDesk;
import org.carepathway.booking.WaitDesk.Accepted;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who waits for a time, and what is offered to whom. */
@Controller
@RequestMapping("/wait-list")
class WaitListPage {

  private static final String BACK = "redirect:/wait-list";

  private final WaitDesk desk;

  WaitListPage(WaitDesk desk) {
    this.desk = desk;
  }

  @GetMapping
  String page(Model model) {
    model.addAttribute("offers", desk.offers());
    model.addAttribute("waiting", desk.waiting());
    return "wait-list";
  }

  /** An accepted time is booked at once, by the form that books it or that moves the booking. */
  @PostMapping("/offers/{id}")
  String answer(@PathVariable UUID id, @RequestParam boolean accepted) {
    Accepted answered = desk.answer(id, accepted);
    if (!accepted) {
      return BACK;
    }
    return answered.task() == null
        ? "redirect:/pathways/%s/move?start=%s".formatted(answered.pathwayId(), answered.start())
        : "redirect:/tasks/%s?start=%s".formatted(answered.task(), answered.start());
  }

  @PostMapping("/{pathway}")
  String wantsEarlier(@PathVariable UUID pathway) {
    desk.wantsEarlier(pathway);
    return BACK;
  }

  @PostMapping("/{pathway}/remove")
  String noLonger(@PathVariable UUID pathway) {
    desk.noLonger(pathway);
    return BACK;
  }
}
