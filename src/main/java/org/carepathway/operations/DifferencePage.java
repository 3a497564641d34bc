package org.carepathway.operations;

import java.util.function.Predicate;
import org.carepathway.ehr.EhrFault;
import org.carepathway.fhirfeed.Difference;
import org.carepathway.fhirfeed.Differences;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is done about something that an EHR says otherwise than it is here. */
@Controller
@RequestMapping("/feeds/outbox/{site}/differences/{number}")
class DifferencePage {

  private final Differences differences;
  private final SeenPatients seen;
  private final CurrentUser user;

  DifferencePage(Differences differences, SeenPatients seen, CurrentUser user) {
    this.differences = differences;
    this.seen = seen;
    this.user = user;
  }

  @PostMapping("/take-over")
  String takeOver(@PathVariable String site, @PathVariable long number, RedirectAttributes flash) {
    settle(seen(site, number), differences::takeOver, flash);
    return page(site);
  }

  @PostMapping("/take-back")
  String takeBack(@PathVariable String site, @PathVariable long number, RedirectAttributes flash) {
    settle(seen(site, number), differences::takeBack, flash);
    return page(site);
  }

  @PostMapping("/leave")
  String leave(@PathVariable String site, @PathVariable long number, RedirectAttributes flash) {
    differences.leave(seen(site, number), user.agent().name());
    flash.addFlashAttribute("settled", true);
    return page(site);
  }

  private static void settle(
      Difference difference, Predicate<Difference> how, RedirectAttributes flash) {
    try {
      flash.addFlashAttribute("settled", how.test(difference));
    } catch (EhrFault fault) {
      flash.addFlashAttribute("uncompared", fault.getMessage());
    }
  }

  private static String page(String site) {
    return "redirect:/feeds/outbox/" + site;
  }

  /** The audit keeps each. */
  private Difference seen(String site, long number) {
    Difference difference = differences.find(site, number).orElseThrow(PatientScope::nothingHere);
    seen.noted();
    seen.add(difference.patient());
    return difference;
  }
}
