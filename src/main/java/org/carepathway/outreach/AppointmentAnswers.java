package org.carepathway.outreach;

import java.time.Clock;
import java.util.Optional;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.ToldEvents;
import org.carepathway.record.Records;
import org.carepathway.record.StableIds;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.r4.model.AppointmentResponse;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a patient says to an appointment by a link: kept as an AppointmentResponse. The appointment
 * itself is changed by people only: whoever cancels or asks for another date is told to the
 * pathway, whose content says who plans again.
 */
@Component
public class AppointmentAnswers {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/appointment-answer";

  private final Matters matters;
  private final MessageRows rows;
  private final Pathways pathways;
  private final ToldEvents events;
  private final Records records;
  private final CurrentUser user;
  private final Clock clock;

  AppointmentAnswers(
      Matters matters,
      MessageRows rows,
      Pathways pathways,
      ToldEvents events,
      Records records,
      CurrentUser user,
      Clock clock) {
    this.matters = matters;
    this.rows = rows;
    this.pathways = pathways;
    this.events = events;
    this.records = records;
    this.user = user;
    this.clock = clock;
  }

  /** What the patient has said to it last; empty for nothing. */
  @Transactional(readOnly = true)
  public Optional<ParticipantStatus> said(Matter matter) {
    return pathways
        .view(matter.pathwayId())
        .flatMap(open -> open.record().find(AppointmentResponse.class, id(matter)))
        .map(AppointmentResponse::getParticipantStatus);
  }

  /**
   * Keeps it, as whoever acts. Who cancels or asks for another date has no more reminders of this
   * one, and says so once.
   *
   * @param note null for none
   * @return false where the appointment was moved or is over meanwhile
   */
  @Transactional
  public boolean say(String about, ParticipantStatus status, String note) {
    OpenPathway open = pathways.open(matters.find(about).orElseThrow().pathwayId());
    Matter matter = matters.lock(about).orElseThrow();
    if (!matter.isOpen() || !open.pathway().isActive()) {
      return false;
    }
    Optional<AppointmentResponse> before =
        open.record().find(AppointmentResponse.class, id(matter));
    if (before
        .filter(each -> each.getParticipantStatus() != ParticipantStatus.ACCEPTED)
        .isPresent()) {
      return true;
    }
    Trigger trigger = new Trigger("%s/%s".formatted(id(matter), status.toCode()), user.agent());
    records.triggeredBy(trigger);
    AppointmentResponse response = response(matter, status, note);
    open.record().write(matter.element(), response);
    if (status != ParticipantStatus.ACCEPTED) {
      rows.stop(about, "The patient does not come at this time.", clock.instant());
      matters.moved(about, matter.rung(), null);
      events.tell(open.pathway(), null, response, trigger.id(), user::agent);
    }
    return true;
  }

  private static AppointmentResponse response(
      Matter matter, ParticipantStatus status, String note) {
    AppointmentResponse response = new AppointmentResponse();
    response.setId(id(matter));
    response.getMeta().addProfile(PROFILE);
    return response
        .setAppointment(new Reference("Appointment/" + matter.resource()))
        .setActor(new Reference("Patient/" + matter.patientId()))
        .setParticipantStatus(status)
        .setComment(note == null || note.isBlank() ? null : note.strip());
  }

  /** Who comes back to a time that was given up meanwhile is asked anew. */
  private static String id(Matter matter) {
    return StableIds.of("appointment-answer/%s/%s".formatted(matter.about(), matter.opened()))
        .toString();
  }
}
