package org.carepathway.outreach;

import java.time.Instant;
import java.util.Date;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;

/**
 * The FHIR face of a message. Neither its address nor its text is in it: both are for one reader.
 */
final class AttemptFace {

  private static final String BASE = "https://carepathway.org/fhir/";
  private static final String CATEGORIES =
      "http://terminology.hl7.org/CodeSystem/communication-category";

  private AttemptFace() {}

  /**
   * @param at when it was handed over, or was known to have arrived or failed
   */
  static Communication of(Message message, OpenPathway open, Communication before, Instant at) {
    Communication face = before == null ? begun(message, open) : before;
    face.setStatus(status(message.state()));
    face.setStatusReason(
        message.said() == null || isGood(message.state())
            ? null
            : new CodeableConcept().setText(message.said()));
    if (message.state() == MessageState.DELIVERED) {
      face.setReceived(Date.from(at));
    } else if (!face.hasSent() && message.state() == MessageState.HANDED_OVER) {
      face.setSent(Date.from(at));
    }
    return face;
  }

  private static Communication begun(Message message, OpenPathway open) {
    Communication face = new Communication();
    face.setId(message.id().toString());
    face.getMeta().addProfile(BASE + "StructureDefinition/outreach-attempt");
    face.addBasedOn(new Reference("CarePlan/" + open.pathway().carePlanId()));
    face.addCategory()
        .addCoding()
        .setSystem(CATEGORIES)
        .setCode(message.patientId() == null ? "alert" : "reminder");
    face.addMedium(
        new CodeableConcept(
            new Coding()
                .setSystem(BASE + "CodeSystem/outreach-channel")
                .setCode(message.channel().code())));
    face.setSubject(new Reference("Patient/" + open.pathway().patientId()));
    face.getTopic().setText(topic(message));
    if (message.patientId() != null) {
      face.addRecipient(new Reference("Patient/" + message.patientId()));
    }
    return face;
  }

  private static String topic(Message message) {
    return switch (message.purpose()) {
      case QUESTION -> "Questions about how the patient is, number %d".formatted(message.rung());
      case APPOINTMENT -> "Reminder of an appointment, number %d".formatted(message.rung());
      case ALARM -> "Something has to be done at once";
    };
  }

  private static boolean isGood(MessageState state) {
    return state == MessageState.HANDED_OVER || state == MessageState.DELIVERED;
  }

  /** R4 has no status for handed over: in progress, until it is known to have arrived. */
  private static CommunicationStatus status(MessageState state) {
    return switch (state) {
      case DELIVERED -> CommunicationStatus.COMPLETED;
      case FAILED -> CommunicationStatus.NOTDONE;
      case STOPPED -> CommunicationStatus.STOPPED;
      case UNSURE -> CommunicationStatus.UNKNOWN;
      case WAITING -> CommunicationStatus.PREPARATION;
      case CLAIMED, HANDED_OVER -> CommunicationStatus.INPROGRESS;
    };
  }
}
