package org.carepathway.booking;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import org.carepathway.capacity.Overrides;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.CarePlan;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A lead lets the next booking of a patient stand in a leave or closure. What is taken already is
 * never overridden. The reason is kept in the CarePlan, with who gave it.
 */
@Component
public class BookingOverride {

  private static final int LONGEST = 200;

  private final Overrides overrides;
  private final Pathways pathways;
  private final Records records;
  private final CurrentUser user;
  private final OnBehalf behalf;
  private final Clock clock;

  BookingOverride(
      Overrides overrides,
      Pathways pathways,
      Records records,
      CurrentUser user,
      OnBehalf behalf,
      Clock clock) {
    this.overrides = overrides;
    this.pathways = pathways;
    this.records = records;
    this.user = user;
    this.behalf = behalf;
    this.clock = clock;
  }

  /**
   * @throws ForbiddenOperationException (403) without that right
   * @throws UnprocessableEntityException (422) without a reason
   * @throws ResourceVersionConflictException (409) when the pathway has ended
   */
  @Transactional
  public void allow(UUID pathwayId, String reason) {
    if (!user.mayAct("override-booking")) {
      throw new ForbiddenOperationException(
          "Your role may not allow a booking in a leave or closure.");
    }
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST) {
      throw new UnprocessableEntityException(
          "Give the reason, in at most %d characters.".formatted(LONGEST));
    }
    pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere);
    OpenPathway open = pathways.open(pathwayId);
    if (!open.pathway().isActive()) {
      throw new ResourceVersionConflictException("The pathway has ended; nothing was changed.");
    }
    records.triggeredBy(
        new Trigger(
            "%s/override-booking/%s".formatted(pathwayId, UUID.randomUUID()),
            behalf.agent(open.pathway().patientId())));
    Agent me = user.agent();
    overrides.allow(open.pathway().referralId(), why, me.display(), clock.instant());
    CarePlan plan = open.carePlan();
    plan.addNote()
        .setAuthor(me.reference())
        .setTime(Date.from(clock.instant()))
        .setText("A booking in a leave or closure is allowed: " + why);
    open.record().write("BookingOverride", plan);
  }
}
