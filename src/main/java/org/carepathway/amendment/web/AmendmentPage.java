package org.carepathway.amendment.web;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.amendment.Amendments;
import org.carepathway.amendment.Correction;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.web.WebForm;
import org.carepathway.answers.web.WebForm.Refused;
import org.carepathway.page.Reasons;
import org.carepathway.page.Texts;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.carepathway.worklist.web.Aftermath;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Correcting the answers of a finished task. */
@Controller
@RequestMapping("/tasks/{id}/amend")
class AmendmentPage {

  private static final String REASON = "amend-reason";

  private final Amendments amendments;
  private final Worklist worklist;
  private final PathwayHeader header;
  private final WebForm form;
  private final ChangeLines lines;
  private final Aftermath aftermath;
  private final Reasons reasons;
  private final Texts texts;

  AmendmentPage(
      Amendments amendments,
      Worklist worklist,
      PathwayHeader header,
      WebForm form,
      ChangeLines lines,
      Aftermath aftermath,
      Reasons reasons,
      Texts texts) {
    this.amendments = amendments;
    this.worklist = worklist;
    this.header = header;
    this.form = form;
    this.lines = lines;
    this.aftermath = aftermath;
    this.reasons = reasons;
    this.texts = texts;
  }

  @GetMapping
  String page(@PathVariable UUID id, Model model) {
    form.fill(amendments.first(id), Optional.empty(), model);
    header(id, "", model);
    return "amend";
  }

  /** The same page again, with all that was entered, when the correction is refused. */
  @PostMapping
  String amend(
      @PathVariable UUID id,
      @RequestParam MultiValueMap<String, String> posted,
      @RequestParam(name = REASON, defaultValue = "") String reason,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    WorkItem item = worklist.find(id);
    Instant begin = aftermath.begin();
    Correction[] kept = {null};
    Optional<Refused> refused;
    try {
      refused =
          form.submit(
              posted,
              given -> kept[0] = amendments.amend(id, given, reason, lines.of(item)),
              () -> amendments.first(id));
    } catch (AnswersRefused wrong) {
      throw wrong;
    } catch (UnprocessableEntityException wrong) {
      refused = Optional.of(form.shown(amendments.first(id), posted, reasons.text(wrong)));
    }
    if (refused.isPresent()) {
      header(id, reason, model);
      refused.get().show(model);
      model.addAttribute("why", refused.get().conflict());
      response.setStatus(
          refused.get().conflict() == null
              ? HttpStatus.UNPROCESSABLE_ENTITY.value()
              : HttpStatus.CONFLICT.value());
      return "amend";
    }
    aftermath.tell(
        item.pathwayId(), texts.message("amend.done", texts.of(item.title())), begin, flash);
    flash.addFlashAttribute("corrected", kept[0]);
    return "redirect:/pathways/" + item.pathwayId();
  }

  private void header(UUID id, String reason, Model model) {
    WorkItem item = worklist.find(id);
    model.addAttribute("item", item);
    model.addAttribute("taskTitle", texts.of(item.title()));
    model.addAttribute("reason", reason);
    header.show(item.pathwayId(), model);
  }
}
