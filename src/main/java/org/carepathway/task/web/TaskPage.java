package org.carepathway.task.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.web.WebForm;
import org.carepathway.answers.web.WebForm.Refused;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.task.Completion;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.TaskRefused;
import org.carepathway.worklist.TaskRefused.Why;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.carepathway.worklist.web.Aftermath;
import org.carepathway.worklist.web.Meanwhile;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One task: taking it on, giving it back, doing it. */
@Controller
@RequestMapping("/tasks/{id}")
class TaskPage {

  private static final String HTMX = "HX-Request";

  private final Worklist worklist;
  private final Aftermath aftermath;
  private final PathwayHeader header;
  private final TaskLines lines;
  private final WebForm form;
  private final ChosenSlots slots;
  private final Drafts drafts;
  private final Completion completion;
  private final Handling handling;
  private final VisitPart visit;
  private final Texts texts;

  TaskPage(
      Worklist worklist,
      Aftermath aftermath,
      PathwayHeader header,
      TaskLines lines,
      WebForm form,
      ChosenSlots slots,
      Drafts drafts,
      Completion completion,
      Handling handling,
      VisitPart visit,
      Texts texts) {
    this.worklist = worklist;
    this.aftermath = aftermath;
    this.header = header;
    this.lines = lines;
    this.form = form;
    this.slots = slots;
    this.drafts = drafts;
    this.completion = completion;
    this.handling = handling;
    this.visit = visit;
    this.texts = texts;
  }

  /**
   * @param start a free time that was chosen on the page before; null for none
   */
  @GetMapping
  String page(
      @PathVariable UUID id,
      @RequestParam(required = false) Instant start,
      Model model,
      HttpServletResponse response) {
    WorkItem item = worklist.find(id);
    Optional<Why> obstacle = header(item, model);
    obstacle.ifPresent(why -> response.setStatus(why.status()));
    if (obstacle.isEmpty()) {
      slots.fill(item, start, completion.first(id), drafts.find(DraftKey.ofTask(id)), model);
    }
    return "task";
  }

  /**
   * Completes the task; the same page again, with all that was entered and what is wrong or what
   * has changed meanwhile, when it is refused.
   */
  @PostMapping
  String complete(
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    try {
      Optional<Refused> refused =
          form.submit(
              posted,
              given -> completion.complete(id, given, OptionalInt.empty()),
              () -> completion.first(id));
      if (refused.isPresent()) {
        return again(id, refused.get(), model, response);
      }
    } catch (TaskRefused refused) {
      return refused.why() == Why.OTHER_ROLE
          ? page(id, null, model, response)
          : again(id, form.shown(completion.first(id), posted, ""), model, response);
    }
    WorkItem done = worklist.find(id);
    return "redirect:"
        + visit
            .after(done)
            .orElseGet(
                () -> {
                  aftermath.tell(done.pathwayId(), texts.of(done.title()), begin, flash);
                  return "/worklist";
                });
  }

  private String again(UUID id, Refused refused, Model model, HttpServletResponse response) {
    response.setStatus(refused.status().value());
    WorkItem now = worklist.find(id);
    header(now, model);
    refused.show(model);
    if (refused.conflict() != null) {
      model.addAttribute("meanwhile", meanwhile(now, refused));
    }
    return "task";
  }

  @PostMapping("/claim")
  String claim(
      @PathVariable UUID id,
      @RequestHeader(name = HTMX, required = false) String htmx,
      Model model) {
    return changed(worklist.claim(id, OptionalInt.empty()), htmx, model);
  }

  @PostMapping("/release")
  String release(
      @PathVariable UUID id,
      @RequestHeader(name = HTMX, required = false) String htmx,
      Model model) {
    return changed(worklist.release(id, OptionalInt.empty()), htmx, model);
  }

  /** With htmx only the part that changed is sent: what is entered already stays. */
  private String changed(WorkItem item, String htmx, Model model) {
    ownership(item, model);
    return htmx == null ? "redirect:/tasks/" + item.id() : "task :: ownership";
  }

  private Optional<Why> header(WorkItem item, Model model) {
    Optional<Why> obstacle = worklist.whyNot(item);
    model.addAttribute("item", item);
    ownership(item, model);
    OpenPathway open = header.show(item.pathwayId(), model);
    model.addAttribute(
        "letters", LettersBeforePage.isOffered(open.content().questionnaire(item.form())));
    model.addAttribute("obstacle", obstacle.orElse(null));
    visit.before(item, open, obstacle.isEmpty(), model);
    model.addAttribute("mayHandle", handling.whyNot(item).isEmpty());
    return obstacle;
  }

  private void ownership(WorkItem item, Model model) {
    model.addAttribute("line", lines.of(item));
    model.addAttribute("standsIn", worklist.standsIn(item));
  }

  private Meanwhile meanwhile(WorkItem item, Refused refused) {
    return worklist.whyNot(item).isPresent()
        ? Meanwhile.of(visit.recorded(item, open(item)))
        : Meanwhile.of(refused.conflict(), open(item), lines.openOn(item.pathwayId()));
  }

  private OpenPathway open(WorkItem item) {
    return header.open(item.pathwayId());
  }
}
