package org.carepathway.caseload;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CarePlan;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people tell each other of a patient beside any task: CarePlan.note. */
@Component
public class PatientNotes {

  private static final int LONGEST = 2000;
  private static final String ACTION = "write-note";
  private static final String ELEMENT = "Note";

  private final Pathways pathways;
  private final Records records;
  private final CurrentUser user;
  private final OnBehalf behalf;
  private final Clock clock;

  PatientNotes(Pathways pathways, Records records, CurrentUser user, OnBehalf behalf, Clock clock) {
    this.pathways = pathways;
    this.records = records;
    this.user = user;
    this.behalf = behalf;
    this.clock = clock;
  }

  /** Whether who is signed in may write notes. */
  public boolean mayWrite() {
    return user.mayAct(ACTION);
  }

  /**
   * Adds a note.
   *
   * @throws ForbiddenOperationException (403) for other roles
   * @throws UnprocessableEntityException (422) for an empty one, and one of more than {@value
   *     #LONGEST} characters: none is cut
   * @throws ResourceVersionConflictException (409) when the pathway has ended
   */
  @Transactional
  public void write(UUID pathwayId, String text) {
    if (!mayWrite()) {
      throw new ForbiddenOperationException("Your role may not write notes on patients.");
    }
    String note = text.strip();
    if (note.isEmpty() || note.length() > LONGEST) {
      throw new UnprocessableEntityException(
          "A note has between 1 and %d characters; this one has %d."
              .formatted(LONGEST, note.length()));
    }
    String patientId =
        pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere).pathway().patientId();
    records.triggeredBy(
        new Trigger(
            "%s/note/%s".formatted(pathwayId, clock.instant().toEpochMilli()),
            behalf.agent(patientId)));
    OpenPathway open = pathways.open(pathwayId);
    if (!open.pathway().isActive()) {
      throw new ResourceVersionConflictException("The pathway has ended; nothing was changed.");
    }
    CarePlan plan = open.carePlan();
    plan.addNote(
        new Annotation()
            .setText(note)
            .setTime(Date.from(clock.instant()))
            .setAuthor(user.agent().reference()));
    open.record().write(ELEMENT, plan);
  }
}
