package org.carepathway.task.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.answers.web.WebForm;
import org.carepathway.answers.web.WebForm.Refused;
import org.carepathway.document.Page;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.task.Completion;
import org.carepathway.task.LettersBefore;
import org.carepathway.worklist.TaskRefused;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Questionnaire.QuestionnaireItemComponent;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Shows the letters that the answers on a page would lead to, as far as they are filled in. */
@Controller
class LettersBeforePage {

  private static final String LETTERS =
      "https://carepathway.org/fhir/StructureDefinition/letter-preview";

  private final Worklist worklist;
  private final PathwayHeader header;
  private final WebForm form;
  private final Completion completion;
  private final LettersBefore letters;

  LettersBeforePage(
      Worklist worklist,
      PathwayHeader header,
      WebForm form,
      Completion completion,
      LettersBefore letters) {
    this.worklist = worklist;
    this.header = header;
    this.form = form;
    this.completion = completion;
    this.letters = letters;
  }

  /** Whether the answers to a form lead to letters. */
  static boolean isOffered(Questionnaire form) {
    return form.hasExtension(LETTERS);
  }

  @PostMapping("/tasks/{id}/letters")
  String show(
      @PathVariable UUID id, @RequestParam MultiValueMap<String, String> posted, Model model) {
    WorkItem item = worklist.find(id);
    Questionnaire asked = header.open(item.pathwayId()).content().questionnaire(item.form());
    List<Page> pages = new ArrayList<>();
    try {
      Optional<Refused> refused =
          form.submit(
              asIfSent(posted, asked),
              given -> pages.addAll(letters.of(id, given)),
              () -> completion.first(id));
      refused.ifPresent(why -> why.show(model));
      model.addAttribute("pages", refused.isPresent() ? null : pages);
    } catch (TaskRefused notTheirs) {
      model.addAttribute("pages", List.of());
    }
    return "letters-before";
  }

  /**
   * Warnings are put to the person when the form is sent, and so is that the letters were given.
   */
  private static MultiValueMap<String, String> asIfSent(
      MultiValueMap<String, String> posted, Questionnaire form) {
    MultiValueMap<String, String> sent = new LinkedMultiValueMap<>(posted);
    sent.set(WebForm.CONFIRM, Boolean.TRUE.toString());
    handedOut(form.getItem()).forEach(linkId -> sent.set(linkId, Boolean.TRUE.toString()));
    return sent;
  }

  private static Set<String> handedOut(List<QuestionnaireItemComponent> items) {
    return items.stream()
        .flatMap(
            item ->
                Stream.concat(
                    item.hasExtension(LETTERS) ? Stream.of(item.getLinkId()) : Stream.empty(),
                    handedOut(item.getItem()).stream()))
        .collect(Collectors.toSet());
  }
}
