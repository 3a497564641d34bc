package org.carepathway.caseload.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.carepathway.caseload.CaseFilter;
import org.carepathway.caseload.CaseFilter.View;
import org.carepathway.caseload.Caseload;
import org.carepathway.caseload.Coordinators;
import org.carepathway.caseload.HandOver;
import org.carepathway.caseload.PatientNotes;
import org.carepathway.security.Colleagues;
import org.carepathway.security.Role;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The patients of one's teams: who is where, waits for what, and is looked after by whom. */
@Controller
class CaseloadPage {

  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);

  private final Caseload caseload;
  private final Coordinators coordinators;
  private final HandOver handOver;
  private final PatientNotes notes;
  private final Colleagues colleagues;
  private final CaseLine.Reader lines;
  private final CaseTable table;

  CaseloadPage(
      Caseload caseload,
      Coordinators coordinators,
      HandOver handOver,
      PatientNotes notes,
      Colleagues colleagues,
      CaseLine.Reader lines,
      CaseTable table) {
    this.caseload = caseload;
    this.coordinators = coordinators;
    this.handOver = handOver;
    this.notes = notes;
    this.colleagues = colleagues;
    this.lines = lines;
    this.table = table;
  }

  @GetMapping("/pathways")
  String page(
      @RequestParam(required = false) String view,
      @RequestParam(required = false) String stage,
      @RequestParam(required = false) String sort,
      @RequestParam(defaultValue = "1") int page,
      Model model) {
    CaseFilter filter = CaseFilter.of(view, stage, sort, page);
    Caseload.Page found = caseload.page(filter);
    model.addAttribute("filter", filter);
    model.addAttribute("views", Arrays.stream(View.values()).toList());
    model.addAttribute("found", found);
    model.addAttribute("shares", handOver.shares());
    model.addAttribute("coordinators", colleagues.withRoles(List.of(Role.COORDINATOR.code())));
    model.addAttribute("cases", found.cases().stream().map(lines::line).toList());
    return "caseload";
  }

  @GetMapping("/pathways/list.csv")
  ResponseEntity<String> file(
      @RequestParam(required = false) String view,
      @RequestParam(required = false) String stage,
      @RequestParam(required = false) String sort) {
    List<CaseLine> all =
        caseload.export(CaseFilter.of(view, stage, sort, 1)).stream().map(lines::line).toList();
    return ResponseEntity.ok()
        .contentType(CSV)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename("patients.csv").build().toString())
        .body(table.of(all));
  }

  /**
   * @param name sign-in name of a coordinator
   */
  @PostMapping("/pathways/{id}/coordinator")
  String name(@PathVariable UUID id, @RequestParam(defaultValue = "") String name) {
    coordinators.name(
        id,
        colleagues
            .find(name)
            .orElseThrow(() -> new UnprocessableEntityException("Choose a coordinator.")));
    return "redirect:/pathways/" + id;
  }

  @PostMapping("/pathways/{id}/notes")
  String note(@PathVariable UUID id, @RequestParam(defaultValue = "") String text) {
    notes.write(id, text);
    return "redirect:/pathways/" + id + "?tab=notes#part";
  }
}
