package org.carepathway.operations;

import java.util.List;
import org.carepathway.engine.Incidents;
import org.carepathway.engine.Incidents.FailedStep;
import org.carepathway.fhir.UnreadableList;
import org.carepathway.worklist.web.TaskLine;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * For administrators: steps that failed, why, what they touch, and trying them again; and what of
 * the record cannot be read.
 */
@Controller
@RequestMapping("/incidents")
class IncidentsPage {

  private final Incidents incidents;
  private final TaskLines lines;
  private final UnreadableList unreadable;

  IncidentsPage(Incidents incidents, TaskLines lines, UnreadableList unreadable) {
    this.incidents = incidents;
    this.lines = lines;
    this.unreadable = unreadable;
  }

  /**
   * @param tasks what is open on its pathway
   */
  record Line(FailedStep failed, List<TaskLine> tasks) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute("unreadables", unreadable.all());
    model.addAttribute("incidents", incidents.open().stream().map(this::line).toList());
    return "incidents";
  }

  @PostMapping("/{job}/retry")
  String retry(@PathVariable String job, RedirectAttributes flash) {
    flash.addFlashAttribute("retried", incidents.retry(job));
    return "redirect:/incidents";
  }

  @PostMapping("/unreadable/{type}/{id}/check")
  String check(@PathVariable String type, @PathVariable String id, RedirectAttributes flash) {
    flash.addFlashAttribute("checked", unreadable.check(type, id));
    return "redirect:/incidents";
  }

  private Line line(FailedStep failed) {
    return new Line(
        failed, failed.pathwayId() == null ? List.of() : lines.openOn(failed.pathwayId()));
  }
}
