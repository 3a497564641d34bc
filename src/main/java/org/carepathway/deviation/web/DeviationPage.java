package org.carepathway.deviation.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.deviation.AddedSteps;
import org.carepathway.deviation.Deviations;
import org.carepathway.deviation.HoldAndResume;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.carepathway.worklist.web.Aftermath;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.DateTimeFormat.ISO;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Departing from the plan, from the patient page. */
@Controller
class DeviationPage {

  private static final String PAGE = "redirect:/pathways/";

  private final Deviations deviations;
  private final HoldAndResume holding;
  private final AddedSteps added;
  private final Worklist worklist;
  private final Aftermath aftermath;

  DeviationPage(
      Deviations deviations,
      HoldAndResume holding,
      AddedSteps added,
      Worklist worklist,
      Aftermath aftermath) {
    this.deviations = deviations;
    this.holding = holding;
    this.added = added;
    this.worklist = worklist;
    this.aftermath = aftermath;
  }

  @PostMapping("/pathways/{id}/hold")
  String hold(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note,
      @RequestParam(required = false) @DateTimeFormat(iso = ISO.DATE) LocalDate until,
      RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    holding.hold(id, reason, note, until);
    return told(id, begin, flash);
  }

  @PostMapping("/pathways/{id}/resume")
  String resume(@PathVariable UUID id, RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    holding.resume(id);
    return told(id, begin, flash);
  }

  @PostMapping("/pathways/{id}/added/{element}")
  String add(
      @PathVariable UUID id,
      @PathVariable String element,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    added.add(id, element, reason, note);
    return told(id, begin, flash);
  }

  @PostMapping("/tasks/{id}/skip")
  String skip(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes flash) {
    WorkItem item = worklist.find(id);
    Instant begin = aftermath.begin();
    deviations.skip(id, reason, note);
    return told(item.pathwayId(), begin, flash);
  }

  private String told(UUID pathwayId, Instant begin, RedirectAttributes flash) {
    aftermath.tell(pathwayId, null, begin, flash);
    return PAGE + pathwayId;
  }
}
