package org.carepathway.worklist.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.BiFunction;
import org.carepathway.page.PreferencesPage;
import org.carepathway.page.Reasons;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.worklist.Bulk;
import org.carepathway.worklist.Bulk.Seen;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.SavedViews;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is done to the tasks that are ticked on the worklist, or to the one of a task's page. */
@Controller
class WorklistActions {

  private final Worklist worklist;
  private final Handling handling;
  private final Colleagues colleagues;
  private final SavedViews views;
  private final Reasons reasons;
  private final Clock clock;

  WorklistActions(
      Worklist worklist,
      Handling handling,
      Colleagues colleagues,
      SavedViews views,
      Reasons reasons,
      Clock clock) {
    this.worklist = worklist;
    this.handling = handling;
    this.colleagues = colleagues;
    this.views = views;
    this.reasons = reasons;
    this.clock = clock;
  }

  /**
   * @param to sign-in name of who is to do it
   * @param until local date and time at the site
   * @param reason to snooze it
   */
  record Wish(String action, String to, String until, String reason, String comment) {}

  /**
   * @param item {@code id:version} of each
   * @param back the page to return to
   */
  @PostMapping("/worklist/bulk")
  String bulk(
      @RequestParam(required = false) List<String> item,
      Wish wish,
      @RequestParam(defaultValue = "/worklist") String back,
      RedirectAttributes flash) {
    String page = "redirect:" + (PreferencesPage.isOurs(back) ? back : "/worklist");
    if (item == null || item.isEmpty()) {
      flash.addFlashAttribute("nothingTicked", true);
      return page;
    }
    Optional<Colleague> to = Optional.ofNullable(wish.to()).flatMap(colleagues::find);
    List<Seen> seen = item.stream().map(WorklistActions::seen).toList();
    if ("assign".equals(wish.action()) && to.isEmpty()) {
      flash.addFlashAttribute("nobodyNamed", true);
      flash.addFlashAttribute("ticked", seen.stream().map(Seen::id).toList());
      return page;
    }
    Bulk.Outcome outcome = Bulk.each(seen, action(wish, to));
    flash.addFlashAttribute("acted", outcome.done());
    flash.addFlashAttribute("action", wish.action());
    flash.addFlashAttribute("ticked", List.copyOf(outcome.refusals().keySet()));
    flash.addFlashAttribute(
        "refusals", outcome.refusals().values().stream().map(reasons::text).distinct().toList());
    return page;
  }

  /** Saves the filters of the page for the teams of who is signed in. */
  @PostMapping("/worklist/views")
  String save(@RequestParam String name, ListRequest request) {
    if (!name.isBlank()) {
      views.save(name.strip(), request.query());
    }
    return "redirect:/worklist?" + request.query();
  }

  @PostMapping("/worklist/views/{id}/delete")
  String delete(@PathVariable UUID id) {
    views.delete(id);
    return "redirect:/worklist";
  }

  private BiFunction<UUID, OptionalInt, WorkItem> action(Wish wish, Optional<Colleague> to) {
    return switch (String.valueOf(wish.action())) {
      case "claim" -> worklist::claim;
      case "release" -> worklist::release;
      case "assign" -> (id, version) -> handling.assign(id, to.orElseThrow(), version);
      case "snooze" -> {
        Instant until = until(wish.until());
        yield (id, version) -> handling.snooze(id, until, text(wish.reason()), version);
      }
      case "wake" -> handling::wake;
      case "comment" ->
          (id, version) -> handling.comment(id, text(wish.comment()), OptionalInt.empty());
      default -> throw new UnprocessableEntityException("There is no such action.");
    };
  }

  private Instant until(String local) {
    try {
      return LocalDateTime.parse(String.valueOf(local)).atZone(clock.getZone()).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static String text(String typed) {
    return typed == null ? "" : typed;
  }

  private static Seen seen(String text) {
    try {
      return Seen.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UnprocessableEntityException("This is no task: " + text);
    }
  }
}
