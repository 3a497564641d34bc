package org.carepathway.pathway;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import java.util.UUID;
import org.carepathway.record.Records;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanActivityStatus;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.EpisodeOfCare.EpisodeOfCareStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Ends a pathway: its row and the resources that say so. */
@Component
public class Endings {

  private static final String COMPLETED = "completed";
  private static final String DIED = "died";

  /** The CodeSystem {@code pathway-outcome}. */
  public static final String OUTCOMES = "https://carepathway.org/fhir/CodeSystem/pathway-outcome";

  private static final Set<TaskStatus> OPEN = Set.of(TaskStatus.READY, TaskStatus.INPROGRESS);

  private final Pathways pathways;
  private final PathwayRows rows;
  private final Records records;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Endings(
      Pathways pathways,
      PathwayRows rows,
      Records records,
      ApplicationEventPublisher events,
      Clock clock) {
    this.pathways = pathways;
    this.rows = rows;
    this.records = records;
    this.events = events;
    this.clock = clock;
  }

  /**
   * @param element the BPMN element that ends it
   * @param outcome code of CodeSystem {@code pathway-outcome}; {@code completed} completes the
   *     plan, every other one revokes it
   * @throws ResourceVersionConflictException (409) while a task is open, such as an alarm: what
   *     people still have to do would be lost. After a death nothing is left to be done: tasks are
   *     cancelled, and say so
   */
  public void end(UUID pathwayId, String element, String outcome) {
    OpenPathway open = pathways.open(pathwayId);
    if (!DIED.equals(outcome)) {
      refuseWhileATaskIsOpen(open);
    }
    boolean completed = COMPLETED.equals(outcome);
    Date now = Date.from(clock.instant());
    open.record().write(element, endPlan(open.carePlan(), completed, outcome, now));
    open.record().write(element, endEpisode(open.episode(), completed, now));
    ServiceRequest referral = open.referral();
    referral.setStatus(completed ? ServiceRequestStatus.COMPLETED : ServiceRequestStatus.REVOKED);
    open.record().write(element, referral);
    new LooseEnds(open, element, completed, now).tie();
    String status = completed ? COMPLETED : "cancelled";
    rows.end(pathwayId, status, outcome, now.toInstant());
    events.publishEvent(
        new PathwayEnded(
            open.pathway().ended(status, outcome, now.toInstant()), element, records.trigger()));
  }

  private static void refuseWhileATaskIsOpen(OpenPathway open) {
    open.record().ofTypes(Set.of("Task")).stream()
        .map(Task.class::cast)
        .filter(task -> OPEN.contains(task.getStatus()))
        .findFirst()
        .ifPresent(
            task -> {
              throw new ResourceVersionConflictException(
                  "The pathway cannot end while '%s' is open: do that first. Nothing was changed."
                      .formatted(task.getCode().getText()));
            });
  }

  private static CarePlan endPlan(CarePlan plan, boolean completed, String outcome, Date now) {
    plan.setStatus(completed ? CarePlanStatus.COMPLETED : CarePlanStatus.REVOKED);
    plan.getPeriod().setEnd(now);
    PlannedActivities.move(
            plan, CarePlanActivityStatus.NOTSTARTED, CarePlanActivityStatus.CANCELLED)
        .forEach(
            detail -> detail.getStatusReason().addCoding().setSystem(OUTCOMES).setCode(outcome));
    return plan;
  }

  private static EpisodeOfCare endEpisode(EpisodeOfCare episode, boolean completed, Date now) {
    episode.setStatus(completed ? EpisodeOfCareStatus.FINISHED : EpisodeOfCareStatus.CANCELLED);
    episode.getPeriod().setEnd(now);
    return episode;
  }
}
