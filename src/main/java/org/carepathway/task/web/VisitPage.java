package org.carepathway.task.web;

import java.util.UUID;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A visit of a patient when nothing of it is left to fill in: what was, and what comes now. */
@Controller
class VisitPage {

  private final Worklist worklist;
  private final PathwayHeader header;
  private final VisitPart visit;

  VisitPage(Worklist worklist, PathwayHeader header, VisitPart visit) {
    this.worklist = worklist;
    this.header = header;
    this.visit = visit;
  }

  @GetMapping("/tasks/{id}/visit")
  String page(@PathVariable UUID id, Model model) {
    WorkItem item = worklist.find(id);
    if (item.isOpen() || visit.after(item).isEmpty()) {
      return "redirect:/tasks/" + id;
    }
    visit.whole(item, header.show(item.pathwayId(), model), model);
    return "visit";
  }
}
