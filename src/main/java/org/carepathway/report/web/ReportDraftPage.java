package org.carepathway.report.web;

import java.util.UUID;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.web.KeptDraft;
import org.carepathway.report.Reports;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The draft of a report. Who may not report may not keep a draft of it either. */
@Controller
@RequestMapping("/pathways/{id}/report/{event}/draft")
class ReportDraftPage {

  private final KeptDraft draft;
  private final Reports reports;

  ReportDraftPage(KeptDraft draft, Reports reports) {
    this.draft = draft;
    this.reports = reports;
  }

  @PostMapping
  ResponseEntity<String> save(
      @PathVariable UUID id,
      @PathVariable String event,
      @RequestParam MultiValueMap<String, String> entered) {
    return draft.save(key(id, event), entered);
  }

  @PostMapping("/discard")
  String discard(@PathVariable UUID id, @PathVariable String event) {
    draft.forget(key(id, event));
    return "redirect:/pathways/%s/report/%s".formatted(id, event);
  }

  private DraftKey key(UUID id, String event) {
    return DraftKey.ofReport(id, reports.event(id, event).message());
  }
}
