package org.carepathway.task.web;

import java.util.Map;
import java.util.UUID;
import org.carepathway.answers.web.WebForm;
import org.carepathway.task.Completion;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What follows from the answers of a task's form while it is filled in: the script of the page
 * shows it in the open fields. Nothing is kept. Who may not send the form may not ask either.
 */
@Controller
class ComputedAnswersPage {

  private final Worklist worklist;
  private final Completion completion;
  private final WebForm form;

  ComputedAnswersPage(Worklist worklist, Completion completion, WebForm form) {
    this.worklist = worklist;
    this.completion = completion;
    this.form = form;
  }

  /** Answers with the name of each field and what it would hold. */
  @PostMapping("/tasks/{id}/computed")
  ResponseEntity<Map<String, String>> computed(
      @PathVariable UUID id, @RequestParam MultiValueMap<String, String> entered) {
    WorkItem item = worklist.find(id);
    return worklist
        .whyNot(item)
        .map(why -> ResponseEntity.status(why.status()).body(Map.<String, String>of()))
        .orElseGet(() -> ResponseEntity.ok(form.computed(completion.first(id), entered)));
  }
}
