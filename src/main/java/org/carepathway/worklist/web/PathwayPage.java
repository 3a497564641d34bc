package org.carepathway.worklist.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Set;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Reports;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Where one patient stands, and all that is known on the way. */
@Controller
class PathwayPage {

  /** What the rest of the page shows, or nobody but an auditor wants to read. */
  private static final Set<String> BOOKKEEPING =
      Set.of("Patient", "EpisodeOfCare", "CarePlan", "Task", "Provenance");

  private final Pathways pathways;
  private final TaskLines lines;
  private final Facts facts;
  private final Reports reports;
  private final Dates dates;
  private final FhirContext fhirContext;

  PathwayPage(
      Pathways pathways,
      TaskLines lines,
      Facts facts,
      Reports reports,
      Dates dates,
      FhirContext fhirContext) {
    this.pathways = pathways;
    this.lines = lines;
    this.facts = facts;
    this.reports = reports;
    this.dates = dates;
    this.fhirContext = fhirContext;
  }

  /**
   * @param all whether the bookkeeping is listed too
   */
  @GetMapping("/pathways/{id}")
  String page(
      @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean all, Model model) {
    OpenPathway open = header(id, model);
    model.addAttribute("all", all);
    model.addAttribute("activities", Activity.of(open.carePlan()));
    model.addAttribute("tasks", lines.openOn(id));
    model.addAttribute("events", reports.possible(open));
    model.addAttribute(
        "facts",
        facts.of(
            open.record().all().stream()
                .filter(resource -> all || !BOOKKEEPING.contains(resource.fhirType()))
                .toList()));
    return "pathway";
  }

  /** One resource of the record as it is stored. */
  @GetMapping("/pathways/{id}/facts/{type}/{fhirId}")
  String fact(
      @PathVariable UUID id, @PathVariable String type, @PathVariable String fhirId, Model model) {
    Resource fact =
        header(id, model).resources(Set.of(type)).stream()
            .filter(resource -> resource.getIdElement().getIdPart().equals(fhirId))
            .findFirst()
            .orElseThrow(
                () ->
                    new ResourceNotFoundException(
                        "%s/%s is not part of this pathway.".formatted(type, fhirId)));
    model.addAttribute("name", type + '/' + fhirId);
    model.addAttribute(
        "json", fhirContext.newJsonParser().setPrettyPrint(true).encodeResourceToString(fact));
    return "fact";
  }

  private OpenPathway header(UUID id, Model model) {
    OpenPathway open =
        pathways
            .view(id)
            .orElseThrow(() -> new ResourceNotFoundException("There is no pathway " + id + "."));
    model.addAttribute("pathway", open.pathway());
    model.addAttribute("plan", open.content().plan().getTitle());
    model.addAttribute("patient", PatientHeader.of(open.patient(), dates));
    return open;
  }
}
