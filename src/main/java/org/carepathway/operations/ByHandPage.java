package org.carepathway.operations;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxLine;
import org.carepathway.outbox.OutboxView;
import org.carepathway.outbox.Standing;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an EHR takes in no other way: people of a role enter it there, and say so here. */
@Controller
@RequestMapping("/by-hand")
class ByHandPage {

  private final OutboxView view;
  private final Outbox outbox;
  private final Pathways pathways;
  private final PatientScope scope;
  private final CurrentUser user;
  private final Clock clock;

  ByHandPage(
      OutboxView view,
      Outbox outbox,
      Pathways pathways,
      PatientScope scope,
      CurrentUser user,
      Clock clock) {
    this.view = view;
    this.outbox = outbox;
    this.pathways = pathways;
    this.scope = scope;
    this.user = user;
    this.clock = clock;
  }

  /**
   * @param isLate whether it should have been entered by now
   */
  record Line(OutboxLine entry, String patient, boolean isLate) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute(
        "lines", view.byHand(roles(), scope.listed()).stream().map(this::line).toList());
    return "by-hand";
  }

  /** For the head of every page: how many are late; nothing for none. */
  @GetMapping("/late")
  String late(Model model) {
    model.addAttribute("count", view.byHandLate(roles(), scope.listed(), clock.instant()));
    return "by-hand :: late";
  }

  private List<String> roles() {
    return Arrays.stream(Role.values()).map(Role::code).filter(user::mayDo).toList();
  }

  private Line line(OutboxLine entry) {
    scope.listed(entry.patient());
    return new Line(
        entry,
        pathways.view(entry.pathway()).map(open -> PatientIdentity.name(open.patient())).orElse(""),
        entry.enterBy().isBefore(clock.instant()));
  }

  @PostMapping("/{number}/entered")
  String entered(@PathVariable long number, RedirectAttributes flash) {
    OutboxLine entry =
        view.find(number)
            .filter(line -> line.standing() == Standing.HAND || line.enteredBy() != null)
            .filter(line -> user.mayDo(line.owner()))
            .orElseThrow(PatientScope::nothingHere);
    scope.show(entry.patient());
    flash.addFlashAttribute("entered", outbox.entered(number, user.agent().name()));
    return "redirect:/by-hand";
  }
}
