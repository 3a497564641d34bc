package org.carepathway.entry.web;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.answers.Files;
import org.carepathway.entry.Channel;
import org.carepathway.entry.EntryFault;
import org.carepathway.entry.PossiblePatient;
import org.carepathway.entry.ReferralDesk;
import org.carepathway.entry.TypedReferral;
import org.carepathway.form.FileText;
import org.carepathway.page.Reasons;
import org.carepathway.page.Texts;
import org.carepathway.pathway.Pathway;
import org.carepathway.worklist.web.Aftermath;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A referral that came by phone, on paper or with the patient is typed in. */
@Controller
@RequestMapping("/referrals")
class ReferralPage {

  private static final List<AdministrativeGender> SEXES =
      List.of(
          AdministrativeGender.FEMALE,
          AdministrativeGender.MALE,
          AdministrativeGender.OTHER,
          AdministrativeGender.UNKNOWN);
  private static final List<ServiceRequestPriority> PRIORITIES =
      List.of(
          ServiceRequestPriority.ROUTINE,
          ServiceRequestPriority.URGENT,
          ServiceRequestPriority.ASAP,
          ServiceRequestPriority.STAT);

  /** Of all that patients speak at the sites we know; others say so in a note. */
  private static final List<String> LANGUAGES =
      List.of("en", "es", "ar", "ca", "de", "eu", "fr", "gl", "it", "pl", "pt", "ro", "ru", "zh");

  private static final int MOST_FILES = 10;

  private final ReferralDesk desk;
  private final Files files;
  private final Aftermath aftermath;
  private final Reasons reasons;
  private final Texts texts;

  ReferralPage(ReferralDesk desk, Files files, Aftermath aftermath, Reasons reasons, Texts texts) {
    this.desk = desk;
    this.files = files;
    this.aftermath = aftermath;
    this.reasons = reasons;
    this.texts = texts;
  }

  /** A file that was taken, as the page shows it. */
  record Attached(String text, String title) {

    static Attached of(String text) {
      return new Attached(text, FileText.read(text).getTitle());
    }
  }

  /**
   * What to put right.
   *
   * @param field id of the element to go to
   * @param heading what comes before the message in the summary: the name of the field
   */
  record Problem(String field, String heading, String message) {}

  @GetMapping
  String page(Model model) {
    TypedReferral.Whom nobody =
        new TypedReferral.Whom(null, null, null, null, null, null, null, false);
    TypedReferral.What nothing =
        new TypedReferral.What(null, "routine", null, null, null, null, null, null);
    return show(
        new TypedReferral(UUID.randomUUID().toString(), null, nobody, nothing, List.of()),
        List.of(),
        List.of(),
        model);
  }

  /** The same page again, with all that was typed, until it is right and it is clear who it is. */
  @PostMapping
  String enter(
      TypedReferral posted,
      @RequestParam(required = false) List<MultipartFile> attached,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    TypedReferral typed = withFiles(posted, attached == null ? List.of() : attached, problems);
    desk.faults(typed).forEach(fault -> problems.add(problem(fault)));
    if (problems.isEmpty() && desk.started(typed).isPresent()) {
      return "redirect:/pathways/" + desk.started(typed).get().id();
    }
    List<PossiblePatient> possible = problems.isEmpty() ? desk.possible(typed) : List.of();
    desk.obstacles(typed, possible).forEach(fault -> problems.add(problem(fault)));
    if (problems.isEmpty()) {
      try {
        return "redirect:/pathways/" + enter(typed, possible, flash).id();
      } catch (BaseServerResponseException refused) {
        if (refused.getStatusCode() >= HttpStatus.INTERNAL_SERVER_ERROR.value()) {
          throw refused;
        }
        problems.add(new Problem("main", "", reasons.text(refused)));
      }
    }
    response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
    return show(typed, possible, problems, model);
  }

  private Pathway enter(
      TypedReferral typed, List<PossiblePatient> possible, RedirectAttributes flash) {
    Instant begin = aftermath.begin();
    Pathway pathway = desk.enter(typed, possible);
    aftermath.tell(pathway.id(), texts.message("entry.done"), begin, flash);
    return pathway;
  }

  /** Those of before that are still ticked, and those that came now. */
  private TypedReferral withFiles(
      TypedReferral posted, List<MultipartFile> attached, List<Problem> problems)
      throws IOException {
    List<String> kept =
        new ArrayList<>(
            posted.files().stream().filter(text -> files.find(text).isPresent()).toList());
    for (MultipartFile file : attached) {
      if (!file.isEmpty()) {
        try {
          kept.add(FileText.of(files.keep(file.getOriginalFilename(), file.getBytes())));
        } catch (InvalidRequestException refused) {
          problems.add(
              new Problem("attached", file.getOriginalFilename() + ": ", reasons.text(refused)));
        }
      }
    }
    if (kept.size() > MOST_FILES) {
      problems.add(new Problem("attached", "", texts.message("entry.fault.files", MOST_FILES)));
    }
    return new TypedReferral(
        posted.key(), posted.chosen(), posted.whom(), posted.what(), List.copyOf(kept));
  }

  private Problem problem(EntryFault fault) {
    return new Problem(
        fault.field(),
        fault.field().equals("chosen") ? "" : texts.message("entry." + fault.field()) + ": ",
        texts.message(fault.message(), fault.arguments().toArray()));
  }

  private String show(
      TypedReferral typed, List<PossiblePatient> possible, List<Problem> problems, Model model) {
    model.addAttribute("typed", typed);
    model.addAttribute("files", typed.files().stream().map(Attached::of).toList());
    model.addAttribute("possible", possible);
    model.addAttribute("problems", problems);
    model.addAttribute(
        "wrong",
        problems.stream()
            .collect(Collectors.toMap(Problem::field, Problem::message, (one, other) -> one)));
    model.addAttribute("offered", desk.offered());
    model.addAttribute("teams", desk.teams());
    model.addAttribute("sexes", SEXES.stream().map(AdministrativeGender::toCode).toList());
    model.addAttribute(
        "priorities", PRIORITIES.stream().map(ServiceRequestPriority::toCode).toList());
    model.addAttribute("channels", Channel.values());
    model.addAttribute("languages", languages());
    return "referral";
  }

  /** Code to name, in the order of the alphabet. */
  private static Map<String, String> languages() {
    Locale locale = LocaleContextHolder.getLocale();
    Map<String, String> names = new LinkedHashMap<>();
    LANGUAGES.stream()
        .sorted(
            Comparator.comparing(code -> Locale.forLanguageTag(code).getDisplayLanguage(locale)))
        .forEach(code -> names.put(code, Locale.forLanguageTag(code).getDisplayLanguage(locale)));
    return names;
  }
}
