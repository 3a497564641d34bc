package org.carepathway.operations;

import org.carepathway.delivery.Sites;
import org.carepathway.delivery.WrittenHow;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** For who connects systems: what will be written how, tried without writing, and accepted. */
@Controller
@RequestMapping("/feeds/outbox/how")
class WrittenHowPage {

  private final Sites sites;
  private final WrittenHow how;
  private final SeenPatients seen;
  private final CurrentUser user;

  WrittenHowPage(Sites sites, WrittenHow how, SeenPatients seen, CurrentUser user) {
    this.sites = sites;
    this.how = how;
    this.seen = seen;
    this.user = user;
  }

  /** What will be written how. */
  @GetMapping
  String how(Model model) {
    model.addAttribute("plans", how.plans());
    return "outbox-how";
  }

  /** Asks the EHR all that can be asked without writing anything. */
  @PostMapping("/{site}/dry-run")
  String dryRun(@PathVariable String site, Model model) {
    require(site);
    seen.noted();
    model.addAttribute("tried", site);
    model.addAttribute("checks", how.dryRun(site));
    return how(model);
  }

  @PostMapping("/{site}/accept")
  String accept(@PathVariable String site) {
    require(site);
    seen.noted();
    how.accept(site, user.agent().name());
    return "redirect:/feeds/outbox/how";
  }

  private void require(String site) {
    if (!sites.names().contains(site)) {
      throw PatientScope.nothingHere();
    }
  }
}
