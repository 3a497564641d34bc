package org.carepathway.worklist.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.CurrentUser;
import org.carepathway.worklist.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.http.HttpStatus;
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
  private final Pathways pathways;
  private final TaskLines lines;
  private final WebForm form;
  private final Completion completion;
  private final CurrentUser user;
  private final Dates dates;

  TaskPage(
      Worklist worklist,
      Pathways pathways,
      TaskLines lines,
      WebForm form,
      Completion completion,
      CurrentUser user,
      Dates dates) {
    this.worklist = worklist;
    this.pathways = pathways;
    this.lines = lines;
    this.form = form;
    this.completion = completion;
    this.user = user;
    this.dates = dates;
  }

  @GetMapping
  String page(@PathVariable UUID id, Model model, HttpServletResponse response) {
    WorkItem item = worklist.find(id);
    if (isMine(item, model, response)) {
      model.addAttribute("form", form.filled(questions(item)));
    }
    return "task";
  }

  /** Completes the task; the same page again, with what is wrong, when the form refuses it. */
  @PostMapping
  String complete(
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    WorkItem item = worklist.find(id);
    if (!isMine(item, model, response)) {
      model.addAttribute("refused", true);
      return "task";
    }
    return form.submit(questions(item), posted)
        .map(
            refused -> {
              response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
              model.addAttribute("form", refused.form());
              model.addAttribute("warned", refused.warned());
              model.addAttribute("problems", Problem.of(refused.form()));
              return "task";
            })
        .orElseGet(
            () -> {
              flash.addFlashAttribute("done", done(item));
              return "redirect:/worklist";
            });
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
    model.addAttribute("line", lines.of(item));
    return htmx == null ? "redirect:/tasks/" + item.id() : "task :: ownership";
  }

  private Questions questions(WorkItem item) {
    return new Questions(
        completion.form(item),
        completion.populate(item.id()),
        answers -> completion.check(item.id(), answers),
        (answers, confirmed) ->
            completion.complete(item.id(), answers, confirmed, OptionalInt.empty()));
  }

  private boolean isMine(WorkItem item, Model model, HttpServletResponse response) {
    OpenPathway open = pathways.view(item.pathwayId()).orElseThrow();
    Optional<Obstacle> obstacle = Obstacle.of(item, user);
    obstacle.ifPresent(found -> response.setStatus(found.status().value()));
    model.addAttribute("item", item);
    model.addAttribute("line", lines.of(item));
    model.addAttribute("patient", PatientHeader.of(open.patient(), dates));
    model.addAttribute("obstacle", obstacle.orElse(null));
    return obstacle.isEmpty();
  }

  private Done done(WorkItem item) {
    return new Done(
        item.pathwayId(),
        item.patientName(),
        item.title(),
        lines.openOn(item.pathwayId()),
        pathways.find(item.pathwayId()).map(pathway -> !pathway.isActive()).orElse(false));
  }
}
