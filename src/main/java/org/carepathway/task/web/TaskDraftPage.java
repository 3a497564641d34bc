package org.carepathway.task.web;

import java.util.UUID;
import org.carepathway.answers.DraftKey;
import org.carepathway.answers.web.KeptDraft;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The draft of a task's form. Who may not send the form may not keep a draft of it either. */
@Controller
@RequestMapping("/tasks/{id}/draft")
class TaskDraftPage {

  private final KeptDraft draft;
  private final Worklist worklist;

  TaskDraftPage(KeptDraft draft, Worklist worklist) {
    this.draft = draft;
    this.worklist = worklist;
  }

  @PostMapping
  ResponseEntity<String> save(
      @PathVariable UUID id, @RequestParam MultiValueMap<String, String> entered) {
    WorkItem item = worklist.find(id);
    return worklist
        .whyNot(item)
        .map(why -> ResponseEntity.status(why.status()).body(""))
        .orElseGet(() -> draft.save(DraftKey.ofTask(id), entered));
  }

  @PostMapping("/discard")
  String discard(@PathVariable UUID id) {
    draft.forget(DraftKey.ofTask(id));
    return "redirect:/tasks/" + id;
  }
}
