package org.carepathway.worklist.web;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.worklist.Reports;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Reporting what can happen at any time. */
@Controller
@RequestMapping("/pathways/{id}/report/{event}")
class ReportPage {

  private final Reports reports;
  private final Pathways pathways;
  private final WebForm form;
  private final Dates dates;

  ReportPage(Reports reports, Pathways pathways, WebForm form, Dates dates) {
    this.reports = reports;
    this.pathways = pathways;
    this.form = form;
    this.dates = dates;
  }

  @GetMapping
  String page(@PathVariable UUID id, @PathVariable String event, Model model) {
    header(id, event, model);
    model.addAttribute("form", form.filled(questions(id, event)));
    return "report";
  }

  /** Keeps the report; the same page again, with what is wrong, when the form refuses it. */
  @PostMapping
  String report(
      @PathVariable UUID id,
      @PathVariable String event,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response) {
    return form.submit(questions(id, event), posted)
        .map(
            refused -> {
              header(id, event, model);
              response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
              model.addAttribute("form", refused.form());
              model.addAttribute("warned", refused.warned());
              model.addAttribute("problems", Problem.of(refused.form()));
              return "report";
            })
        .orElse("redirect:/pathways/" + id);
  }

  private Questions questions(UUID id, String event) {
    return new Questions(
        reports.form(id, event),
        reports.populate(id, event),
        answers -> reports.check(id, event, answers),
        (answers, confirmed) -> reports.report(id, event, answers, confirmed));
  }

  private void header(UUID id, String event, Model model) {
    OpenPathway open =
        pathways
            .view(id)
            .orElseThrow(() -> new ResourceNotFoundException("There is no pathway " + id + "."));
    model.addAttribute("pathway", open.pathway());
    model.addAttribute("event", reports.event(id, event));
    model.addAttribute("patient", PatientHeader.of(open.patient(), dates));
  }
}
