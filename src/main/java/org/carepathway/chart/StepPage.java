package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
  private final Stays.Reader stays;
  private final Recorded recorded;
  private final Texts texts;

  StepPage(PathwayHeader header, Stays.Reader stays, Recorded recorded, Texts texts) {
    this.header = header;
    this.stays = stays;
    this.recorded = recorded;
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
    Stays been = stays.of(open);
    model.addAttribute("diagram", diagram);
    model.addAttribute("node", node);
    model.addAttribute("stepName", texts.of(node.name().isEmpty() ? node.id() : node.name()));
    Course course = new Course(diagram, been.all(), been.undone());
    model.addAttribute("state", course.state(node).code());
    model.addAttribute("instead", course.instead().get(node.id()));
    model.addAttribute("undone", been.undone());
    model.addAttribute(
        "visits",
        been.all().stream()
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
