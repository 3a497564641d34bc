package org.carepathway.delivery;

import org.carepathway.document.LetterWritten;
import org.carepathway.duty.Duties;
import org.carepathway.duty.DutyKind;
import org.carepathway.security.Role;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where no EHR receives letters, the coordinator has each of them to send. An EHR that cannot take
 * one has it entered by hand, which the outbox asks for.
 */
@Component
class UnsentLetters {

  private final DeliverySettings settings;
  private final Duties duties;

  UnsentLetters(DeliverySettings settings, Duties duties) {
    this.settings = settings;
    this.duties = duties;
  }

  @EventListener
  void on(LetterWritten letter) {
    if (settings.sites().isEmpty()) {
      duties.ask(
          DutyKind.LETTER,
          "CommunicationRequest/" + letter.message(),
          Role.COORDINATOR,
          letter.patientId(),
          letter.pathwayId(),
          letter.detail());
    }
  }
}
