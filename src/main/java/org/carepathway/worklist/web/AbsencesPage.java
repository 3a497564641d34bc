package org.carepathway.worklist.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.UUID;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.Substitution;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who is away, and who stands in for them. */
@Controller
@RequestMapping("/absences")
class AbsencesPage {

  private final Substitution substitution;
  private final Colleagues colleagues;
  private final CurrentUser user;
  private final Clock clock;

  AbsencesPage(Substitution substitution, Colleagues colleagues, CurrentUser user, Clock clock) {
    this.substitution = substitution;
    this.colleagues = colleagues;
    this.user = user;
    this.clock = clock;
  }

  /**
   * @param absent sign-in name
   * @param substitute sign-in name
   * @param from local date and time at the site
   */
  record Entry(String absent, String substitute, String from, String until, String note) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute("me", user.agent().name());
    model.addAttribute("forOthers", substitution.mayForOthers());
    model.addAttribute("colleagues", colleagues.all());
    model.addAttribute("absences", substitution.current());
    return "absences";
  }

  @PostMapping
  String enter(Entry entry, RedirectAttributes flash) {
    try {
      int told =
          substitution.enter(
              colleague(entry.absent()),
              colleague(entry.substitute()),
              time(entry.from()),
              time(entry.until()),
              entry.note() == null ? "" : entry.note());
      flash.addFlashAttribute("told", told);
    } catch (UnprocessableEntityException wrong) {
      flash.addFlashAttribute("wrong", true);
    }
    return "redirect:/absences";
  }

  @PostMapping("/{id}/end")
  String end(@PathVariable UUID id) {
    substitution.end(id);
    return "redirect:/absences";
  }

  private Colleague colleague(String name) {
    return colleagues
        .find(String.valueOf(name))
        .orElseThrow(() -> new UnprocessableEntityException("nobody is called so"));
  }

  private Instant time(String local) {
    try {
      return LocalDateTime.parse(String.valueOf(local)).atZone(clock.getZone()).toInstant();
    } catch (DateTimeException e) {
      throw new UnprocessableEntityException("no date and time: " + local);
    }
  }
}
