package org.carepathway.outreach;

import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.outreach.Message.Purpose;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.ToldEvents;
import org.carepathway.record.Agent;
import org.carepathway.record.PathwayRecord;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DetectedIssue;
import org.hl7.fhir.r4.model.DetectedIssue.DetectedIssueStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells a pathway that messages do not reach its patient, as a DetectedIssue that is new: content
 * says who sees to it. Nothing that goes wrong with a message is silent.
 */
@Component
class Trouble {

  private static final String CODES = "https://carepathway.org/fhir/CodeSystem/contact-trouble";

  private final Pathways pathways;
  private final ToldEvents events;
  private final Clock clock;

  Trouble(Pathways pathways, ToldEvents events, Clock clock) {
    this.pathways = pathways;
    this.events = events;
    this.clock = clock;
  }

  /** The codes of CodeSystem {@code contact-trouble}. */
  enum Kind {
    LOCKED("link-locked", "Link locked after five wrong dates of birth"),
    NOT_DELIVERED("not-delivered", "Message that did not arrive"),
    LATE("answers-late", "Answers that came too late");

    private final String code;
    private final String display;

    Kind(String code, String display) {
      this.code = code;
      this.display = display;
    }
  }

  /** It failed for good, or came back: the number or address is to be looked at. */
  @EventListener
  void on(MessageEnded ended) {
    Message message = ended.message();
    boolean lost =
        message.state() == MessageState.FAILED
            || message.state() == MessageState.UNSURE && message.purpose() == Purpose.APPOINTMENT;
    if (lost && message.purpose().isForPatients()) {
      tell(
          pathways.open(message.pathwayId()),
          Kind.NOT_DELIVERED,
          message.about(),
          "%s: %s".formatted(message.channel().code(), message.said()));
    }
  }

  /**
   * In the current transaction.
   *
   * @param about id of the Task or Appointment
   * @param said what happened, in English
   * @return whether somebody sees to it: nobody does once the pathway has ended
   */
  boolean tell(OpenPathway open, Kind kind, String about, String said) {
    return events.tell(
        open.pathway(),
        null,
        issue(open, kind, about, said),
        "outreach/%s/%s/%s".formatted(kind.code, about, UUID.randomUUID()),
        () -> Agent.SERVICE);
  }

  /** Whether this was told before. */
  boolean isTold(OpenPathway open, Kind kind, String about) {
    return open.record().all().stream()
        .filter(DetectedIssue.class::isInstance)
        .map(DetectedIssue.class::cast)
        .filter(issue -> issue.getCode().hasCoding(CODES, kind.code))
        .flatMap(issue -> issue.getImplicated().stream())
        .anyMatch(told -> told.getReference().equals("Task/" + about));
  }

  private DetectedIssue issue(OpenPathway open, Kind kind, String about, String said) {
    DetectedIssue issue =
        new DetectedIssue()
            .setStatus(DetectedIssueStatus.FINAL)
            .setCode(
                new CodeableConcept(
                    new Coding().setSystem(CODES).setCode(kind.code).setDisplay(kind.display)))
            .setPatient(new Reference("Patient/" + open.pathway().patientId()))
            .setIdentified(new DateTimeType(Date.from(clock.instant())))
            .setDetail(said);
    reference(open.record(), about).ifPresent(issue::addImplicated);
    return issue;
  }

  private static Optional<Reference> reference(PathwayRecord record, String about) {
    String appointment = AppointmentTime.appointment(about);
    return record.find(Task.class, about).isPresent()
        ? Optional.of(new Reference("Task/" + about))
        : record
            .find(Appointment.class, appointment)
            .map(found -> new Reference("Appointment/" + appointment));
  }
}
