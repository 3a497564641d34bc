package org.carepathway.patientlink.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Prefilled;
import org.carepathway.answers.web.PatientWebForm;
import org.carepathway.outreach.Identification;
import org.carepathway.outreach.LateAnswers;
import org.carepathway.outreach.Matters;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.page.SpokenLanguage;
import org.carepathway.patientlink.LinkedTask;
import org.carepathway.patientlink.LinkedTask.Advice;
import org.carepathway.patientlink.web.LinkVisits.Visit;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * The only page without a sign-in that shows something of a patient: the questions that a link
 * asks. It reveals nothing before the date of birth is told. There is no ambient sign-in that a
 * forged request could borrow: each request carries the token, and the cookie is good for its link
 * alone.
 */
@Controller
@RequestMapping("/link/{token}")
class LinkPage {

  private static final String PROOF = LinkCookie.NAME;

  private final LinkVisits visits;
  private final Matters matters;
  private final Identification identification;
  private final LinkedTask task;
  private final PatientWebForm form;
  private final LinkCookie cookie;
  private final AppointmentLinkPage appointment;
  private final LateAnswers lateAnswers;

  LinkPage(
      LinkVisits visits,
      Matters matters,
      Identification identification,
      LinkedTask task,
      PatientWebForm form,
      LinkCookie cookie,
      AppointmentLinkPage appointment,
      LateAnswers lateAnswers) {
    this.visits = visits;
    this.matters = matters;
    this.identification = identification;
    this.task = task;
    this.form = form;
    this.cookie = cookie;
    this.appointment = appointment;
    this.lateAnswers = lateAnswers;
  }

  @GetMapping
  String page(
      @PathVariable String token,
      @CookieValue(name = PROOF, required = false) String proof,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    if (visit.screen() == Screen.APPOINTMENT) {
      appointment.fill(visit.matter(), model);
    } else if (visit.screen() == Screen.GONE) {
      appointment.fillGone(visit.matter(), model);
    } else if (visit.screen() == Screen.QUESTIONS) {
      Prefilled first = task.first(visit.matter());
      form.fill(first, task.draft(visit.matter()), model);
    } else if (visit.screen() == Screen.THANKS && isQuestion(visit) && visit.proven()) {
      model.addAttribute("advice", task.told(visit.matter()).name());
    }
    return visit.show(visit.screen(), response);
  }

  /** Tells the date of birth. */
  @PostMapping("/birth")
  String birth(
      @PathVariable String token,
      @RequestParam(defaultValue = "") String day,
      @RequestParam(defaultValue = "") String month,
      @RequestParam(defaultValue = "") String year,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, null, request, model);
    if (visit.screen() != Screen.BIRTH) {
      return visit.show(visit.screen(), response);
    }
    String proof = identification.confirm(token, visit.matter().about(), date(year, month, day));
    if (proof == null) {
      boolean locked = matters.find(visit.matter().about()).orElseThrow().locked() != null;
      model.addAttribute("wrong", true);
      response.setStatus(HttpStatus.FORBIDDEN.value());
      return visit.show(locked ? Screen.LOCKED : Screen.BIRTH, response);
    }
    response.addHeader("Set-Cookie", cookie.of(token, proof));
    return "redirect:/link/" + token + SpokenLanguage.query(request);
  }

  /** Sends the answers. */
  @PostMapping
  String answer(
      @PathVariable String token,
      @CookieValue(name = PROOF, required = false) String proof,
      @RequestParam MultiValueMap<String, String> posted,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    // Somebody may have done the task, or its time has run out, while the patient wrote: nothing is
    // lost.
    boolean late = visit.screen() == Screen.THANKS || visit.screen() == Screen.GONE;
    if (visit.screen() != Screen.QUESTIONS && !(late && isQuestion(visit) && visit.proven())) {
      if (late && isQuestion(visit)) {
        lateAnswers.tell(visit.matter());
      }
      // Nobody is thanked for what was not taken.
      return visit.show(visit.screen() == Screen.THANKS ? Screen.LATE : visit.screen(), response);
    }
    try {
      Prefilled first = task.first(visit.matter());
      Advice advice = task.answer(visit.matter(), form.given(first, posted));
      model.addAttribute("advice", advice.name());
      return visit.show(advice == Advice.ENDED ? Screen.LATE : Screen.THANKS, response);
    } catch (AnswersRefused refused) {
      form.again(refused, model);
      response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
      return Screen.QUESTIONS.view();
    }
  }

  /** Keeps what was entered so far, for the script of the page. */
  @PostMapping("/draft")
  ResponseEntity<Void> draft(
      @PathVariable String token,
      @CookieValue(name = PROOF, required = false) String proof,
      @RequestParam MultiValueMap<String, String> entered,
      HttpServletRequest request,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    if (visit.screen() != Screen.QUESTIONS) {
      // Who has to tell the date of birth anew cannot send either: the page says so.
      return ResponseEntity.status(visit.proven() ? 409 : 403).build();
    }
    Map<String, List<String>> fields = new TreeMap<>(entered);
    task.keepDraft(visit.matter(), fields);
    return ResponseEntity.noContent().build();
  }

  private static boolean isQuestion(Visit visit) {
    return visit.matter() != null && visit.matter().purpose() == Purpose.QUESTION;
  }

  private static LocalDate date(String year, String month, String day) {
    try {
      return LocalDate.of(
          Integer.parseInt(year.strip()),
          Integer.parseInt(month.strip()),
          Integer.parseInt(day.strip()));
    } catch (NumberFormatException | DateTimeException noDate) {
      return null;
    }
  }
}
