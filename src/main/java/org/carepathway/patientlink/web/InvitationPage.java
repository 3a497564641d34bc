package org.carepathway.patientlink.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.patientlink.Invitation;
import org.carepathway.patientlink.web.LinkVisits.Visit;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Files for the calendar of a patient: by the link of a reminder, and for staff to pass on. */
@Controller
class InvitationPage {

  private static final MediaType CALENDAR =
      new MediaType("text", "calendar", StandardCharsets.UTF_8);

  private final LinkVisits visits;
  private final Invitation invitation;
  private final PathwayHeader header;

  InvitationPage(LinkVisits visits, Invitation invitation, PathwayHeader header) {
    this.visits = visits;
    this.invitation = invitation;
    this.header = header;
  }

  /**
   * Who has told the right date of birth gets the appointment as it is now; an appointment that was
   * cancelled can be taken out of a calendar without that, since the file says no more than the
   * message did.
   */
  @GetMapping("/link/{token}/appointment.ics")
  ResponseEntity<String> byLink(
      @PathVariable String token,
      @CookieValue(name = LinkCookie.NAME, required = false) String proof,
      HttpServletRequest request,
      Model model) {
    Visit visit = visits.of(token, proof, request, model);
    return switch (visit.screen()) {
      case APPOINTMENT -> file(invitation.of(visit.matter().pathwayId()));
      case GONE -> file(gone(visit));
      default -> ResponseEntity.status(visit.matter() == null ? 404 : 403).build();
    };
  }

  @GetMapping("/pathways/{id}/appointment.ics")
  @Transactional(readOnly = true)
  ResponseEntity<String> forStaff(@PathVariable UUID id) {
    return file(invitation.of(header.open(id).pathway().id()));
  }

  private Optional<String> gone(Visit visit) {
    return visit.matter().purpose() == Purpose.APPOINTMENT
        ? invitation.cancellation(visit.matter())
        : Optional.empty();
  }

  private static ResponseEntity<String> file(Optional<String> text) {
    return text.map(
            each ->
                ResponseEntity.ok()
                    .contentType(CALENDAR)
                    .cacheControl(CacheControl.noStore())
                    .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                            .filename("appointment.ics")
                            .build()
                            .toString())
                    .body(each))
        .orElse(ResponseEntity.notFound().build());
  }
}
