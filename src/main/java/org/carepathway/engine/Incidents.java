package org.carepathway.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.springframework.stereotype.Component;

/** Steps that failed on every try and stand still until somebody sees to them. */
@Component
public class Incidents {

  private static final int LIMIT = 200;

  private final RuntimeService runtime;
  private final ManagementService management;
  private final RepositoryService repository;

  Incidents(RuntimeService runtime, ManagementService management, RepositoryService repository) {
    this.runtime = runtime;
    this.management = management;
    this.repository = repository;
  }

  /**
   * A step that failed.
   *
   * @param jobId what to try again
   * @param pathwayId null where the pathway is not known
   * @param element BPMN element id
   * @param step its name
   * @param cause message of the fault
   * @param details its stack trace
   */
  public record FailedStep(
      String jobId,
      UUID pathwayId,
      String element,
      String step,
      String cause,
      String details,
      Instant since) {}

  /** The newest first, at most 200. */
  public List<FailedStep> open() {
    return runtime
        .createIncidentQuery()
        .incidentType(Incident.FAILED_JOB_HANDLER_TYPE)
        .orderByIncidentTimestamp()
        .desc()
        .listPage(0, LIMIT)
        .stream()
        .filter(incident -> incident.getId().equals(incident.getRootCauseIncidentId()))
        .map(this::step)
        .toList();
  }

  /**
   * Lets the engine do a failed step again.
   *
   * @return false when there is no such step any more
   */
  public boolean retry(String jobId) {
    boolean failed = management.createJobQuery().jobId(jobId).noRetriesLeft().count() > 0;
    if (failed) {
      management.setJobRetries(jobId, 1);
    }
    return failed;
  }

  private FailedStep step(Incident incident) {
    String element = incident.getFailedActivityId();
    return new FailedStep(
        incident.getConfiguration(),
        pathway(incident.getProcessInstanceId()).orElse(null),
        element,
        name(incident.getProcessDefinitionId(), element),
        incident.getIncidentMessage(),
        management.getJobExceptionStacktrace(incident.getConfiguration()),
        incident.getIncidentTimestamp().toInstant());
  }

  private Optional<UUID> pathway(String processInstanceId) {
    return Optional.ofNullable(
            runtime
                .createProcessInstanceQuery()
                .processInstanceId(processInstanceId)
                .singleResult())
        .map(ProcessInstance::getBusinessKey)
        .map(UUID::fromString);
  }

  private String name(String processDefinitionId, String element) {
    return repository.getBpmnModelInstance(processDefinitionId).getModelElementById(element)
            instanceof FlowElement flow
        ? Optional.ofNullable(flow.getName()).orElse(element)
        : element;
  }
}
