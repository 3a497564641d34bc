package org.carepathway.deviation.web;

import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.deviation.AddedSteps;
import org.carepathway.deviation.Deviations;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Departing from the plan, from the patient page. */
@Controller
class DeviationPage {

  private static final String PAGE = "redirect:/pathways/";

  private final Deviations deviations;
  private final AddedSteps added;
  private final Worklist worklist;

  DeviationPage(Deviations deviations, AddedSteps added, Worklist worklist) {
    this.deviations = deviations;
    this.added = added;
    this.worklist = worklist;
  }

  @PostMapping("/pathways/{id}/hold")
  String hold(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate until) {
    deviations.hold(id, reason, note, until);
    return PAGE + id;
  }

  @PostMapping("/pathways/{id}/resume")
  String resume(@PathVariable UUID id) {
    deviations.resume(id);
    return PAGE + id;
  }

  @PostMapping("/pathways/{id}/added/{element}")
  String add(
      @PathVariable UUID id,
      @PathVariable String element,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note) {
    added.add(id, element, reason, note);
    return PAGE + id;
  }

  @PostMapping("/tasks/{id}/skip")
  String skip(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note) {
    WorkItem item = worklist.find(id);
    deviations.skip(id, reason, note);
    return PAGE + item.pathwayId();
  }
}
