package org.carepathway.worklist.web;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.carepathway.worklist.DraftKey;
import org.carepathway.worklist.Drafts;
import org.carepathway.worklist.Reports;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Keeps what is entered into a form while it is entered, for the script of the page. Who may not
 * send the form may not keep a draft of it either.
 */
@Controller
class DraftPage {

  private static final String TASK = "/tasks/{id}/draft";
  private static final String REPORT = "/pathways/{id}/report/{event}/draft";
  private static final String TOKEN = "_csrf";

  private final Drafts drafts;
  private final Worklist worklist;
  private final Reports reports;
  private final Dates dates;

  DraftPage(Drafts drafts, Worklist worklist, Reports reports, Dates dates) {
    this.drafts = drafts;
    this.worklist = worklist;
    this.reports = reports;
    this.dates = dates;
  }

  @PostMapping(TASK)
  ResponseEntity<String> save(
      @PathVariable UUID id, @RequestParam MultiValueMap<String, String> entered) {
    WorkItem item = worklist.find(id);
    return worklist
        .whyNot(item)
        .map(why -> ResponseEntity.status(why.status()).body(""))
        .orElseGet(() -> saved(DraftKey.ofTask(id), entered));
  }

  @PostMapping(REPORT)
  ResponseEntity<String> save(
      @PathVariable UUID id,
      @PathVariable String event,
      @RequestParam MultiValueMap<String, String> entered) {
    reports.event(id, event);
    return saved(DraftKey.ofReport(id, event), entered);
  }

  @PostMapping(TASK + "/discard")
  String discard(@PathVariable UUID id) {
    drafts.forget(DraftKey.ofTask(id));
    return "redirect:/tasks/" + id;
  }

  @PostMapping(REPORT + "/discard")
  String discard(@PathVariable UUID id, @PathVariable String event) {
    drafts.forget(DraftKey.ofReport(id, reports.event(id, event).message()));
    return "redirect:/pathways/%s/report/%s".formatted(id, event);
  }

  private ResponseEntity<String> saved(DraftKey key, Map<String, List<String>> entered) {
    Map<String, List<String>> fields = new TreeMap<>(entered);
    fields.remove(TOKEN);
    return ResponseEntity.ok(dates.exact(drafts.save(key, fields)));
  }
}
