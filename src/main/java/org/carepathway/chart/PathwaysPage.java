package org.carepathway.chart;

import java.util.List;
import java.util.UUID;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.web.TaskLine;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The pathways that started last, and where each one stands. */
@Controller
class PathwaysPage {

  private static final int LIMIT = 50;

  private final Pathways pathways;
  private final TaskLines lines;
  private final Texts texts;

  PathwaysPage(Pathways pathways, TaskLines lines, Texts texts) {
    this.pathways = pathways;
    this.lines = lines;
    this.texts = texts;
  }

  @GetMapping("/pathways")
  String page(Model model) {
    model.addAttribute("pathways", pathways.newest(LIMIT).stream().map(this::line).toList());
    model.addAttribute("limit", LIMIT);
    return "pathways";
  }

  private Line line(Pathway pathway) {
    OpenPathway open = pathways.view(pathway.id()).orElseThrow();
    return new Line(
        pathway,
        PatientIdentity.name(open.patient()),
        texts.of(open.content().plan().getTitle()),
        lines.openOn(pathway.id()));
  }

  /**
   * @param tasks what is open on it
   */
  record Line(Pathway pathway, String patient, String title, List<TaskLine> tasks) {

    public UUID id() {
      return pathway.id();
    }
  }
}
