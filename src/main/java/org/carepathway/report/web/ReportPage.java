package org.carepathway.report.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.UUID;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.Drafts;
import org.carepathway.answers.web.WebForm;
import org.carepathway.content.PathwayEvent;
import org.carepathway.page.Texts;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.report.Reports;
import org.carepathway.worklist.web.Aftermath;
import org.carepathway.worklist.web.Meanwhile;
import org.carepathway.worklist.web.TaskLines;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Reporting what can happen at any time. */
@Controller
@RequestMapping("/pathways/{id}/report/{event}")
class ReportPage {

  private final Reports reports;
  private final PathwayHeader header;
  private final WebForm form;
  private final Drafts drafts;
  private final TaskLines lines;
  private final Aftermath aftermath;
  private final Texts texts;

  ReportPage(
      Reports reports,
      PathwayHeader header,
      WebForm form,
      Drafts drafts,
      TaskLines lines,
      Aftermath aftermath,
      Texts texts) {
    this.reports = reports;
    this.header = header;
    this.form = form;
    this.drafts = drafts;
    this.lines = lines;
    this.aftermath = aftermath;
    this.texts = texts;
  }

  @GetMapping
  String page(@PathVariable UUID id, @PathVariable String event, Model model) {
    header(id, event, model);
    form.fill(reports.first(id, event), drafts.find(DraftKey.ofReport(id, event)), model);
    return "report";
  }

  /** Keeps the report; the same page again, with all that was entered, when it is refused. */
  @PostMapping
  String report(
      @PathVariable UUID id,
      @PathVariable String event,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    return form.submit(
            posted, given -> reports.report(id, event, null, given), () -> reports.first(id, event))
        .map(
            refused -> {
              header(id, event, model);
              response.setStatus(refused.status().value());
              refused.show(model);
              if (refused.conflict() != null) {
                model.addAttribute(
                    "meanwhile",
                    Meanwhile.of(refused.conflict(), header.open(id), lines.openOn(id)));
              }
              return "report";
            })
        .orElseGet(
            () -> {
              String title = texts.of(reports.event(id, event).title());
              aftermath.tell(id, title, begin, flash);
              return "redirect:/pathways/" + id;
            });
  }

  private void header(UUID id, String event, Model model) {
    header.show(id, model);
    PathwayEvent reported = reports.event(id, event);
    model.addAttribute("event", reported);
    model.addAttribute("eventTitle", texts.of(reported.title()));
  }
}
