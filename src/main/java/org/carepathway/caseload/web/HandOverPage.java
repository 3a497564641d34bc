package org.carepathway.caseload.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.carepathway.caseload.HandOver;
import org.carepathway.caseload.HandOver.Handed;
import org.carepathway.security.Colleagues;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All patients of a coordinator are handed over to another one. */
@Controller
class HandOverPage {

  private final HandOver handOver;
  private final Colleagues colleagues;

  HandOverPage(HandOver handOver, Colleagues colleagues) {
    this.handOver = handOver;
    this.colleagues = colleagues;
  }

  /**
   * @param from sign-in name of who looks after them
   * @param to sign-in name of a coordinator
   */
  @PostMapping("/pathways/hand-over")
  String all(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      RedirectAttributes flash) {
    Handed handed =
        handOver.all(
            from,
            colleagues
                .find(to)
                .orElseThrow(() -> new UnprocessableEntityException("Choose a coordinator.")));
    flash.addFlashAttribute("handedTo", handed.to());
    flash.addFlashAttribute("handed", handed.done());
    flash.addFlashAttribute("handedNot", handed.left());
    return "redirect:/pathways";
  }
}
