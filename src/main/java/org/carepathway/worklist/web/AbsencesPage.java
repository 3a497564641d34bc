package org.carepathway.worklist.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.io.Serializable;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.page.Reasons;
import org.carepathway.page.Texts;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.Role;
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
  private final Reasons reasons;
  private final Texts texts;
  private final Clock clock;

  AbsencesPage(
      Substitution substitution,
      Colleagues colleagues,
      CurrentUser user,
      Reasons reasons,
      Texts texts,
      Clock clock) {
    this.substitution = substitution;
    this.colleagues = colleagues;
    this.user = user;
    this.reasons = reasons;
    this.texts = texts;
    this.clock = clock;
  }

  /**
   * @param absent sign-in name
   * @param substitute sign-in name
   * @param from local date and time at the site
   */
  record Entry(String absent, String substitute, String from, String until, String note)
      implements Serializable {}

  /**
   * @param words their roles that do tasks
   */
  record Person(String name, String display, String words) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute("me", user.agent().name());
    model.addAttribute("forOthers", substitution.mayForOthers());
    List<Colleague> people = colleagues.all().stream().filter(Colleague::doesTasks).toList();
    model.addAttribute("colleagues", people.stream().map(this::person).toList());
    Optional<Colleague> me = colleagues.find(user.agent().name());
    model.addAttribute(
        "substitutes",
        people.stream()
            .filter(one -> substitution.mayForOthers() || me.stream().allMatch(one::canStandInFor))
            .map(this::person)
            .toList());
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
      flash.addFlashAttribute("wrong", reasons.text(wrong));
      flash.addFlashAttribute("entry", entry);
    }
    return "redirect:/absences";
  }

  @PostMapping("/{id}/end")
  String end(@PathVariable UUID id) {
    substitution.end(id);
    return "redirect:/absences";
  }

  private Person person(Colleague one) {
    return new Person(
        one.name(),
        one.display(),
        Stream.of(Role.values())
            .filter(Role::doesTasks)
            .map(Role::code)
            .filter(one.roles()::contains)
            .map(role -> texts.message("role." + role))
            .collect(Collectors.joining(", ")));
  }

  private Colleague colleague(String name) {
    return colleagues
        .find(String.valueOf(name))
        .orElseThrow(
            () -> new UnprocessableEntityException("Choose who is away, and a substitute."));
  }

  private Instant time(String local) {
    try {
      return LocalDateTime.parse(String.valueOf(local)).atZone(clock.getZone()).toInstant();
    } catch (DateTimeException e) {
      throw new UnprocessableEntityException("Say from when until when, with day and hour.");
    }
  }
}
