package org.carepathway.operations;

import java.time.Instant;
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

  ByHandPage(
      OutboxView view, Outbox outbox, Pathways pathways, PatientScope scope, CurrentUser user) {
    this.view = view;
    this.outbox = outbox;
    this.pathways = pathways;
    this.scope = scope;
    this.user = user;
  }

  /**
   * @param isLate whether it should have been entered by now
   */
  record Line(OutboxLine entry, String patient, boolean isLate) {}

  @GetMapping
  String page(Model model) {
    List<String> mine = Arrays.stream(Role.values()).map(Role::code).filter(user::mayDo).toList();
    model.addAttribute(
        "lines",
        view.byHand(mine).stream()
            .filter(entry -> scope.isVisible(entry.patient()))
            .map(this::line)
            .toList());
    return "by-hand";
  }

  private Line line(OutboxLine entry) {
    scope.listed(entry.patient());
    return new Line(
        entry,
        pathways.view(entry.pathway()).map(open -> PatientIdentity.name(open.patient())).orElse(""),
        entry.enterBy().isBefore(Instant.now()));
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
