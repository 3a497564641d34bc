package org.carepathway.patientlink.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import org.carepathway.outreach.Matter;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.page.SpokenLanguage;
import org.carepathway.patientlink.Invitation;
import org.carepathway.patientlink.LinkedAppointment;
import org.carepathway.patientlink.web.LinkVisits.Visit;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a patient says to an appointment: comes, cannot come, or asks for another date. */
@Controller
@RequestMapping("/link/{token}/appointment")
class AppointmentLinkPage {

  /** Characters of a note; a browser counts a line's end as one and sends two. */
  private static final int LONGEST = 500;

  private static final Map<String, ParticipantStatus> ANSWERS =
      Map.of(
          "comes", ParticipantStatus.ACCEPTED,
          "cancels", ParticipantStatus.DECLINED,
          "asks", ParticipantStatus.TENTATIVE);

  private final LinkVisits visits;
  private final LinkedAppointment appointment;
  private final InstructionLines lines;
  private final Invitation invitation;

  AppointmentLinkPage(
      LinkVisits visits,
      LinkedAppointment appointment,
      InstructionLines lines,
      Invitation invitation) {
    this.visits = visits;
    this.appointment = appointment;
    this.lines = lines;
    this.invitation = invitation;
  }

  /** Fills the page of a visit that shows it. */
  void fill(Matter matter, Model model) {
    model.addAttribute("lines", appointment.instructions(matter).map(lines::of).orElse(List.of()));
    model.addAttribute(
        "said", appointment.said(matter).map(ParticipantStatus::toCode).orElse(null));
    model.addAttribute("longest", LONGEST);
  }

  /** Fills the page of one that is over: what was cancelled may still be in a calendar. */
  void fillGone(Matter matter, Model model) {
    if (matter.purpose() == Purpose.APPOINTMENT) {
      invitation.cancellation(matter).ifPresent(file -> model.addAttribute("withdrawn", true));
    }
  }

  @PostMapping
  String say(
      @PathVariable String token,
      @CookieValue(name = LinkCookie.NAME, required = false) String proof,
      @RequestParam(defaultValue = "") String answer,
      @RequestParam(name = "note", defaultValue = "") String sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    ParticipantStatus status = ANSWERS.get(answer);
    if (visit.screen() != Screen.APPOINTMENT || status == null) {
      if (visit.screen() == Screen.APPOINTMENT) {
        fill(visit.matter(), model);
      }
      return visit.show(visit.screen(), response);
    }
    String note = sent.replace("\r\n", "\n");
    if (note.length() > LONGEST) {
      fill(visit.matter(), model);
      model.addAttribute("tooLong", note.length() - LONGEST);
      model.addAttribute("note", note);
      response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
      return Screen.APPOINTMENT.view();
    }
    return appointment.say(visit.matter(), status, note)
        ? "redirect:/link/" + token + SpokenLanguage.query(request)
        : visit.show(Screen.GONE, response);
  }
}
