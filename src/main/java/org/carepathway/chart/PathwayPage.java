package org.carepathway.chart;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.caseload.Coordinators;
import org.carepathway.caseload.PatientNotes;
import org.carepathway.deviation.AddedSteps;
import org.carepathway.deviation.Deviations;
import org.carepathway.document.Documents;
import org.carepathway.engine.Visits;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.engine.model.Diagram;
import org.carepathway.page.Dates;
import org.carepathway.page.Facts;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.report.Reports;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.carepathway.waiting.WaitingClocks;
import org.carepathway.worklist.Worklist;
import org.carepathway.worklist.web.TaskLines;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The patient page: where one patient stands, and all that is known on the way. */
@Controller
class PathwayPage {

  /** What the rest of the page shows, or nobody but an auditor wants to read. */
  private static final Set<String> BOOKKEEPING =
      Set.of("Patient", "EpisodeOfCare", "CarePlan", "Task", "Provenance", "Binary");

  private final PathwayHeader header;
  private final TaskLines lines;
  private final Facts facts;
  private final Reports reports;
  private final Deviations deviations;
  private final AddedSteps added;
  private final Worklist worklist;
  private final Visits visits;
  private final NotDone notDone;
  private final Coordinators coordinators;
  private final PatientNotes notes;
  private final Colleagues colleagues;
  private final WaitingClocks waits;
  private final FhirContext fhirContext;
  private final Dates dates;
  private final Texts texts;

  PathwayPage(
      PathwayHeader header,
      TaskLines lines,
      Facts facts,
      Reports reports,
      Deviations deviations,
      AddedSteps added,
      Worklist worklist,
      Visits visits,
      NotDone notDone,
      Coordinators coordinators,
      PatientNotes notes,
      Colleagues colleagues,
      WaitingClocks waits,
      FhirContext fhirContext,
      Dates dates,
      Texts texts) {
    this.header = header;
    this.lines = lines;
    this.facts = facts;
    this.reports = reports;
    this.deviations = deviations;
    this.added = added;
    this.worklist = worklist;
    this.visits = visits;
    this.notDone = notDone;
    this.coordinators = coordinators;
    this.notes = notes;
    this.colleagues = colleagues;
    this.waits = waits;
    this.fhirContext = fhirContext;
    this.dates = dates;
    this.texts = texts;
  }

  /** A task that may be left out. */
  record Skippable(UUID id, String title) {}

  /**
   * @param all whether the bookkeeping is listed too
   * @param process id of the process to draw; the main one where none is named
   */
  @GetMapping("/pathways/{id}")
  String page(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "false") boolean all,
      @RequestParam(required = false) String process,
      Model model) {
    OpenPathway open = header.show(id, model);
    course(open, process, model);
    coordinator(open, model);
    model.addAttribute("wait", waits.of(open).orElse(null));
    model.addAttribute("notes", Note.of(open, dates, texts));
    model.addAttribute("mayNote", open.pathway().isActive() && notes.mayWrite());
    model.addAttribute("all", all);
    model.addAttribute("activities", Activity.of(open.carePlan()));
    model.addAttribute("tasks", lines.openOn(id));
    model.addAttribute("events", reports.possible(open));
    model.addAttribute("mayDeviate", open.pathway().isActive() && deviations.mayDeviate());
    model.addAttribute("addable", added.possible(open));
    model.addAttribute("reasons", Deviations.REASONS);
    model.addAttribute(
        "skippable",
        worklist.ofPathway(id).stream()
            .filter(deviations::canSkip)
            .map(item -> new Skippable(item.id(), item.title()))
            .toList());
    model.addAttribute(
        "facts",
        facts.of(
            open.record().all().stream()
                .filter(resource -> all || !BOOKKEEPING.contains(resource.fhirType()))
                .toList()));
    model.addAttribute("appointments", facts.of(open.resources(Set.of("Appointment"))));
    model.addAttribute("documents", Letter.of(open, facts, texts));
    model.addAttribute("hasSheet", Documents.sheet(open).isPresent());
    return "pathway";
  }

  /** One resource of the record as it is stored. */
  @GetMapping("/pathways/{id}/facts/{type}/{fhirId}")
  String fact(
      @PathVariable UUID id, @PathVariable String type, @PathVariable String fhirId, Model model) {
    Resource fact =
        header.show(id, model).resources(Set.of(type)).stream()
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

  private void coordinator(OpenPathway open, Model model) {
    model.addAttribute("coordinator", coordinators.of(open.pathway().id()).orElse(null));
    model.addAttribute(
        "coordinators",
        open.pathway().isActive() && coordinators.mayName()
            ? colleagues.withRoles(List.of(Role.COORDINATOR.code()))
            : List.of());
  }

  private void course(OpenPathway open, String process, Model model) {
    List<Visit> all = visits.of(open.pathway().id());
    Diagram diagram = Diagrams.of(open.content(), process);
    Map<Visit, String> undone = notDone.of(open, all);
    Course course = new Course(diagram, all, undone);
    model.addAttribute("stages", StageLine.of(Diagrams.of(open.content(), null), all, undone));
    model.addAttribute("diagram", diagram);
    model.addAttribute("main", open.content().key());
    model.addAttribute("steps", course.steps());
    model.addAttribute("states", course.states());
    model.addAttribute("instead", course.instead());
    model.addAttribute(
        "called",
        diagram.nodes().stream()
            .filter(node -> node.calls() != null)
            .collect(Collectors.toMap(Diagram.Node::id, Diagram.Node::calls)));
  }
}
