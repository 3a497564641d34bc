package org.carepathway.operations;

import java.util.List;
import org.carepathway.engine.Incidents;
import org.carepathway.engine.Incidents.FailedStep;
import org.carepathway.worklist.web.TaskLine;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** For administrators: steps that failed, why, what they touch, and trying them again. */
@Controller
@RequestMapping("/incidents")
class IncidentsPage {

  private final Incidents incidents;
  private final TaskLines lines;

  IncidentsPage(Incidents incidents, TaskLines lines) {
    this.incidents = incidents;
    this.lines = lines;
  }

  /**
   * @param tasks what is open on its pathway
   */
  record Line(FailedStep failed, List<TaskLine> tasks) {}

  @GetMapping
  String page(Model model) {
    model.addAttribute("incidents", incidents.open().stream().map(this::line).toList());
    return "incidents";
  }

  @PostMapping("/{job}/retry")
  String retry(@PathVariable String job, RedirectAttributes flash) {
    flash.addFlashAttribute("retried", incidents.retry(job));
    return "redirect:/incidents";
  }

  private Line line(FailedStep failed) {
    return new Line(
        failed, failed.pathwayId() == null ? List.of() : lines.openOn(failed.pathwayId()));
  }
}
