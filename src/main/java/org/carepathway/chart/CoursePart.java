package org.carepathway.chart;

import org.carepathway.engine.model.Diagram;
import org.carepathway.pathway.OpenPathway;
import org.springframework.ui.Model;

/** The drawn process with its list of steps. */
final class CoursePart {

  private CoursePart() {}

  /**
   * @param process id of the process to draw; null for the main one
   */
  static void show(OpenPathway open, Stays stays, String process, Model model) {
    Diagram diagram = Diagrams.of(open.content(), process);
    Course course = new Course(diagram, stays.all(), stays.undone());
    model.addAttribute("diagram", diagram);
    model.addAttribute("main", open.content().key());
    model.addAttribute("steps", course.steps());
    model.addAttribute("states", course.states());
    model.addAttribute("instead", course.instead());
  }
}
