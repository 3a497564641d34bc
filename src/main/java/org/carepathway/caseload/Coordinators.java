package org.carepathway.caseload;

import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.pathway.TaskDone;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.Colleague;
import org.carepathway.security.Colleagues;
import org.carepathway.security.CurrentUser;
import org.carepathway.security.OnBehalf;
import org.carepathway.security.PatientScope;
import org.carepathway.security.Role;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Each patient on a pathway has one coordinator who looks after them: the first who did a task for
 * them, until somebody else is named. EpisodeOfCare.careManager says who.
 */
@Component
public class Coordinators {

  private static final String ACTION = "name-coordinator";
  private static final String ELEMENT = "Coordinator";

  private final JdbcClient jdbc;
  private final Pathways pathways;
  private final Records records;
  private final Colleagues colleagues;
  private final CurrentUser user;
  private final OnBehalf behalf;
  private final Clock clock;

  Coordinators(
      JdbcClient jdbc,
      Pathways pathways,
      Records records,
      Colleagues colleagues,
      CurrentUser user,
      OnBehalf behalf,
      Clock clock) {
    this.jdbc = jdbc;
    this.pathways = pathways;
    this.records = records;
    this.colleagues = colleagues;
    this.user = user;
    this.behalf = behalf;
    this.clock = clock;
  }

  /** The name that people read; empty where nobody looks after the patient yet. */
  public Optional<String> of(UUID pathwayId) {
    return jdbc.sql("select display from pathway_coordinator where pathway_id = :id")
        .param("id", pathwayId)
        .query(String.class)
        .optional();
  }

  /** Whether who is signed in may name the coordinator of a patient. */
  public boolean mayName() {
    return user.mayAct(ACTION);
  }

  /**
   * Names who looks after a patient from now on.
   *
   * @throws ForbiddenOperationException (403) for other roles
   * @throws UnprocessableEntityException (422) for who is no coordinator
   * @throws ResourceVersionConflictException (409) when the pathway has ended
   */
  @Transactional
  public void name(UUID pathwayId, Colleague colleague) {
    if (!mayName()) {
      throw new ForbiddenOperationException("Your role may not name a patient's coordinator.");
    }
    if (!isCoordinator(colleague)) {
      throw new UnprocessableEntityException(
          "%s is no coordinator: choose one who is.".formatted(colleague.display()));
    }
    String patientId =
        pathways.view(pathwayId).orElseThrow(PatientScope::nothingHere).pathway().patientId();
    records.triggeredBy(
        new Trigger(
            "%s/coordinator/%s".formatted(pathwayId, clock.instant().toEpochMilli()),
            behalf.agent(patientId)));
    OpenPathway open = pathways.open(pathwayId);
    if (!open.pathway().isActive()) {
      throw new ResourceVersionConflictException("The pathway has ended; nothing was changed.");
    }
    keep(open, new Agent(colleague.name(), colleague.display()));
  }

  /** A patient who answers by a link, or a system, does a coordinator's task and is none. */
  @EventListener
  void on(TaskDone event) {
    UUID pathwayId = event.pathway().id();
    if (event.role().equals(Role.COORDINATOR.code())
        && of(pathwayId).isEmpty()
        && pathways.find(pathwayId).orElseThrow().isActive()) {
      colleagues
          .find(event.trigger().agent().name())
          .filter(Coordinators::isCoordinator)
          .ifPresent(who -> keep(pathways.open(pathwayId), new Agent(who.name(), who.display())));
    }
  }

  private static boolean isCoordinator(Colleague colleague) {
    return colleague.roles().contains(Role.COORDINATOR.code());
  }

  private void keep(OpenPathway open, Agent coordinator) {
    jdbc.sql(
            """
            insert into pathway_coordinator (pathway_id, name, display, since)
            values (:id, :name, :display, :now)
            on conflict (pathway_id) do update
            set name = excluded.name, display = excluded.display, since = excluded.since\
            """)
        .param("id", open.pathway().id())
        .param("name", coordinator.name())
        .param("display", coordinator.display())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    EpisodeOfCare episode = open.episode();
    episode.setCareManager(coordinator.reference());
    open.record().write(ELEMENT, episode);
  }
}
