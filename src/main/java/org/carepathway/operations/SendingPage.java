package org.carepathway.operations;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carepathway.delivery.Drift;
import org.carepathway.delivery.Sites;
import org.carepathway.ehr.EhrFault;
import org.carepathway.fhirfeed.Difference;
import org.carepathway.fhirfeed.Differences;
import org.carepathway.outbox.DriftRows.Kept;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.OutboxLine;
import org.carepathway.outbox.OutboxSite;
import org.carepathway.outbox.OutboxView;
import org.carepathway.outbox.Standing;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.PatientScope;
import org.carepathway.security.SeenPatients;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For who connects systems: what the hospital's systems receive, how, and what they did not. */
@Controller
@RequestMapping("/feeds/outbox")
class SendingPage {

  private static final String ATTENTION = "attention";

  /** Patients whom an EHR is asked for while somebody waits. */
  private static final int AT_ONCE = 50;

  private final OutboxView view;
  private final Outbox outbox;
  private final Sites sites;
  private final Drift drift;
  private final Differences differences;
  private final SeenPatients seen;
  private final CurrentUser user;

  SendingPage(
      OutboxView view,
      Outbox outbox,
      Sites sites,
      Drift drift,
      Differences differences,
      SeenPatients seen,
      CurrentUser user) {
    this.view = view;
    this.outbox = outbox;
    this.sites = sites;
    this.drift = drift;
    this.differences = differences;
    this.seen = seen;
    this.user = user;
  }

  /** The table of the sites, for the page of the feeds to refresh it. */
  @GetMapping("/table")
  String table(Model model) {
    model.addAttribute("sites", sites());
    model.addAttribute("standings", Standing.values());
    model.addAttribute("most", OutboxSite.MOST);
    return "outbox :: sites";
  }

  @GetMapping("/{site}")
  String list(
      @PathVariable String site,
      @RequestParam(defaultValue = ATTENTION) String state,
      @RequestParam(required = false) Long before,
      Model model) {
    requireKnown(site);
    Set<Standing> wanted = wanted(state);
    List<OutboxLine> lines =
        view.list(wanted, site, before == null || before < 1 ? Long.MAX_VALUE : before);
    lines.forEach(line -> seen.add(line.patient()));
    model.addAttribute("site", view.site(site));
    model.addAttribute("drift", drift(site));
    model.addAttribute("differences", differences(site));
    model.addAttribute("standings", Standing.values());
    model.addAttribute("state", wanted.size() == 1 ? wanted.iterator().next().code() : ATTENTION);
    model.addAttribute("lines", lines);
    model.addAttribute(
        "next", lines.size() < OutboxView.SIZE ? null : lines.get(lines.size() - 1).number());
    return "outbox";
  }

  @GetMapping("/entries/{number}")
  String entry(@PathVariable long number, Model model) {
    OutboxLine line = seen(number);
    model.addAttribute("line", line);
    model.addAttribute("longest", Aside.LONGEST);
    model.addAttribute("raw", RawText.of(line.content().replace(",\"", ",\n\"")));
    return "outbox-entry";
  }

  @PostMapping("/entries/{number}/replay")
  String replay(@PathVariable long number, RedirectAttributes flash) {
    seen(number);
    flash.addFlashAttribute("replayed", outbox.replay(number, user.agent().name()));
    return "redirect:/feeds/outbox/entries/" + number;
  }

  @PostMapping("/entries/{number}/aside")
  String aside(
      @PathVariable long number,
      @RequestParam(defaultValue = "") String why,
      RedirectAttributes flash) {
    seen(number);
    Aside.set(why, reason -> outbox.setAside(number, user.agent().name(), reason), flash);
    return "redirect:/feeds/outbox/entries/" + number;
  }

  private List<Difference> differences(String site) {
    List<Difference> found = differences.found(site);
    found.forEach(each -> seen.add(each.patient()));
    return found;
  }

  private List<Kept> drift(String site) {
    List<Kept> found = drift.found(site);
    found.forEach(kept -> seen.add(kept.written().patient()));
    return found;
  }

  /** Compares what the EHR has with what was sent, now. */
  @PostMapping("/{site}/compare")
  String compare(@PathVariable String site, RedirectAttributes flash) {
    requireKnown(site);
    seen.noted();
    try {
      flash.addFlashAttribute("compared", drift.compare(site));
      flash.addFlashAttribute("comparedPatients", differences.compare(site, "0 seconds", AT_ONCE));
    } catch (EhrFault fault) {
      flash.addFlashAttribute("uncompared", fault.getMessage());
    }
    return "redirect:/feeds/outbox/" + site;
  }

  /** Has the EHR have again what was sent. */
  @PostMapping("/{site}/drift/{entry}")
  String sendAgain(@PathVariable String site, @PathVariable long entry, RedirectAttributes flash) {
    requireKnown(site);
    seen(entry);
    flash.addFlashAttribute("resent", drift.sendAgain(site, entry));
    return "redirect:/feeds/outbox/" + site;
  }

  @PostMapping("/{site}/pause")
  String pause(@PathVariable String site) {
    requireKnown(site);
    seen.noted();
    outbox.pause(site, user.agent().name());
    return "redirect:/feeds";
  }

  @PostMapping("/{site}/resume")
  String resume(@PathVariable String site) {
    requireKnown(site);
    seen.noted();
    outbox.resume(site);
    return "redirect:/feeds";
  }

  List<OutboxSite> sites() {
    return sites.names().stream().map(view::site).toList();
  }

  private static Set<Standing> wanted(String state) {
    for (Standing standing : Standing.values()) {
      if (standing.code().equals(state)) {
        return EnumSet.of(standing);
      }
    }
    return EnumSet.of(Standing.DEAD, Standing.HAND);
  }

  private void requireKnown(String site) {
    if (!sites.names().contains(site)) {
      throw PatientScope.nothingHere();
    }
  }

  /** The audit keeps each look. */
  private OutboxLine seen(long number) {
    OutboxLine line = view.find(number).orElseThrow(PatientScope::nothingHere);
    seen.noted();
    seen.add(line.patient());
    return line;
  }
}
