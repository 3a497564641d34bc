package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.carepathway.engine.Visits;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Node;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.record.StepProvenance;
import org.hl7.fhir.r4.model.Provenance;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/**
 * One step of a patient's pathway: what was recorded, by whom, and why a decision fell as it did.
 */
@Controller
@RequestMapping("/pathways/{id}/processes/{process}")
class StepPage {

  private final PathwayHeader header;
  private final Visits visits;
  private final Recorded recorded;
  private final NotDone notDone;
  private final Texts texts;

  StepPage(PathwayHeader header, Visits visits, Recorded recorded, NotDone notDone, Texts texts) {
    this.header = header;
    this.visits = visits;
    this.recorded = recorded;
    this.notDone = notDone;
    this.texts = texts;
  }

  /** The drawing of a process. */
  @GetMapping(value = "/diagram", produces = MediaType.APPLICATION_XML_VALUE)
  @ResponseBody
  String diagram(@PathVariable UUID id, @PathVariable String process) {
    return Diagrams.of(header.open(id).content(), process).xml(texts::of);
  }

  @GetMapping("/steps/{element}")
  String step(
      @PathVariable UUID id,
      @PathVariable String process,
      @PathVariable String element,
      @RequestHeader(name = "HX-Request", required = false) String htmx,
      Model model) {
    OpenPathway open = header.show(id, model);
    Diagram diagram = Diagrams.of(open.content(), process);
    Node node =
        diagram
            .node(element)
            .orElseThrow(() -> new ResourceNotFoundException("There is no step " + element + "."));
    List<Visit> all = visits.of(id);
    model.addAttribute("diagram", diagram);
    model.addAttribute("node", node);
    model.addAttribute("stepName", texts.of(node.name().isEmpty() ? node.id() : node.name()));
    Map<Visit, String> undone = notDone.of(open, all);
    Course course = new Course(diagram, all, undone);
    model.addAttribute("state", course.state(node).code());
    model.addAttribute("instead", course.instead().get(node.id()));
    model.addAttribute("undone", undone);
    model.addAttribute(
        "visits",
        all.stream()
            .filter(visit -> visit.process().equals(process) && visit.element().equals(element))
            .toList());
    model.addAttribute("writings", recorded.of(open, element, written(open, element)));
    return htmx == null ? "step" : "step :: step";
  }

  /** The Provenance of what a step wrote, the oldest first. */
  private static List<Provenance> written(OpenPathway open, String element) {
    return open.resources(Set.of("Provenance")).stream()
        .map(Provenance.class::cast)
        .filter(provenance -> !StepProvenance.targets(provenance, element).isEmpty())
        .toList();
  }
}
