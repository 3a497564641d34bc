package org.carepathway.patientlink;

import java.util.Optional;
import org.carepathway.answers.Prefilled;
import org.carepathway.outreach.AppointmentAnswers;
import org.carepathway.outreach.Matter;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.ActAs;
import org.hl7.fhir.r4.model.AppointmentResponse.ParticipantStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** An appointment that a patient sees by a link, who has told the right date of birth. */
@Component
public class LinkedAppointment {

  private final AppointmentAnswers answers;
  private final Instructions instructions;
  private final Pathways pathways;

  LinkedAppointment(AppointmentAnswers answers, Instructions instructions, Pathways pathways) {
    this.answers = answers;
    this.instructions = instructions;
    this.pathways = pathways;
  }

  /** What the patient must do, and when. */
  @Transactional(readOnly = true)
  public Optional<Prefilled> instructions(Matter matter) {
    return ActAs.patient(
        matter.patientId(),
        () -> pathways.view(matter.pathwayId()).flatMap(open -> instructions.of(open)));
  }

  /** What the patient has said to it last; empty for nothing. */
  public Optional<ParticipantStatus> said(Matter matter) {
    return ActAs.patient(matter.patientId(), () -> answers.said(matter));
  }

  /**
   * @return false where it was moved or is over meanwhile
   */
  public boolean say(Matter matter, ParticipantStatus status, String note) {
    return ActAs.patient(matter.patientId(), () -> answers.say(matter.about(), status, note));
  }
}
