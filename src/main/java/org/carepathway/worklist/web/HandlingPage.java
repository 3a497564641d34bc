package org.carepathway.worklist.web;

import java.util.List;
import java.util.UUID;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patient.web.PatientHeader;
import org.carepathway.worklist.Handling;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The comments of a task, and what a team does with it besides doing it. */
@Controller
class HandlingPage {

  private final Worklist worklist;
  private final Handling handling;
  private final Pathways pathways;
  private final Hands hands;
  private final TaskLines lines;
  private final Dates dates;
  private final Texts texts;

  HandlingPage(
      Worklist worklist,
      Handling handling,
      Pathways pathways,
      Hands hands,
      TaskLines lines,
      Dates dates,
      Texts texts) {
    this.worklist = worklist;
    this.handling = handling;
    this.pathways = pathways;
    this.hands = hands;
    this.lines = lines;
    this.dates = dates;
    this.texts = texts;
  }

  /**
   * @param by the name that people read
   * @param at as people read it
   */
  record Note(String by, String at, String text) {}

  @GetMapping("/tasks/{id}/handling")
  String page(@PathVariable UUID id, Model model) {
    WorkItem item = worklist.find(id);
    OpenPathway open = pathways.view(item.pathwayId()).orElseThrow();
    model.addAttribute("line", lines.of(item));
    model.addAttribute("whyNot", handling.whyNot(item).orElse(null));
    model.addAttribute("mayWork", worklist.whyNot(item).isEmpty());
    model.addAttribute("patient", PatientHeader.of(open.patient(), dates, texts));
    model.addAttribute("notes", notes(open.record().get(Task.class, id.toString())));
    model.addAttribute("hands", hands.of(handling.roles(item)));
    return "handling";
  }

  private List<Note> notes(Task task) {
    return task.getNote().stream()
        .map(
            note ->
                new Note(
                    note.getAuthorReference().getDisplay(),
                    dates.exact(note.getTime().toInstant()),
                    note.getText()))
        .toList();
  }
}
