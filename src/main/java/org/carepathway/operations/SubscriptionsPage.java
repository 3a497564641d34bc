package org.carepathway.operations;

import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.carepathway.subscription.SubscriptionConsole;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** For who connects systems: which systems are told of changes, and which are not reached. */
@Controller
@RequestMapping("/feeds/subscriptions")
class SubscriptionsPage {

  private final SubscriptionConsole console;
  private final SeenPatients seen;

  SubscriptionsPage(SubscriptionConsole console, SeenPatients seen) {
    this.console = console;
    this.seen = seen;
  }

  /** The table, for the page of the feeds to refresh it. */
  @GetMapping("/table")
  String table(Model model) {
    model.addAttribute("subscriptions", console.all());
    return "subscriptions :: table";
  }

  @PostMapping("/{id}/again")
  String again(@PathVariable String id) {
    return changed(console.again(id));
  }

  @PostMapping("/{id}/off")
  String off(@PathVariable String id) {
    return changed(console.off(id));
  }

  private String changed(boolean known) {
    if (!known) {
      throw PatientScope.nothingHere();
    }
    seen.noted();
    return "redirect:/feeds";
  }
}
