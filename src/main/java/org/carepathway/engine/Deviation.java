package org.carepathway.engine;

import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.carepathway.engine.model.StepProperties;
import org.springframework.stereotype.Component;

/** What people may change in the course of a running pathway. */
@Component
public class Deviation {

  private final RuntimeService runtime;
  private final ManagementService jobs;
  private final TaskService tasks;
  private final RepositoryService repository;

  Deviation(
      RuntimeService runtime,
      ManagementService jobs,
      TaskService tasks,
      RepositoryService repository) {
    this.runtime = runtime;
    this.jobs = jobs;
    this.tasks = tasks;
    this.repository = repository;
  }

  /**
   * Stops the clocks of a pathway: no timer fires until {@link #resume}. Messages, such as a red
   * flag or a death, still reach it, and what they set off has running clocks.
   */
  public void hold(UUID pathwayId) {
    instances(pathwayId)
        .forEach(id -> jobs.updateJobSuspensionState().byProcessInstanceId(id).suspend());
  }

  /** Lets the clocks of a pathway run again; what became due meanwhile happens now. */
  public void resume(UUID pathwayId) {
    instances(pathwayId)
        .forEach(id -> jobs.updateJobSuspensionState().byProcessInstanceId(id).activate());
  }

  /** Whether the content lets a task be skipped. A gate that keeps patients safe never says so. */
  public boolean canSkip(String engineTaskId) {
    return Optional.ofNullable(task(engineTaskId)).flatMap(this::skipTo).isPresent();
  }

  /**
   * Leaves a task undone and goes on with the element that the content names.
   *
   * @throws ResourceVersionConflictException (409) when the content names none
   */
  public void skip(String engineTaskId) {
    Task task = task(engineTaskId);
    String next =
        Optional.ofNullable(task)
            .flatMap(this::skipTo)
            .orElseThrow(
                () ->
                    new ResourceVersionConflictException(
                        "This step cannot be skipped; nothing was changed."));
    runtime
        .createProcessInstanceModification(task.getProcessInstanceId())
        .startBeforeActivity(next)
        .cancelAllForActivity(task.getTaskDefinitionKey())
        .execute();
  }

  private Task task(String engineTaskId) {
    return tasks.createTaskQuery().taskId(engineTaskId).singleResult();
  }

  private Optional<String> skipTo(Task task) {
    return StepProperties.skipTo(
        (BaseElement)
            repository
                .getBpmnModelInstance(task.getProcessDefinitionId())
                .getModelElementById(task.getTaskDefinitionKey()));
  }

  private Stream<String> instances(UUID pathwayId) {
    return runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(pathwayId.toString())
        .list()
        .stream()
        .map(ProcessInstance::getId);
  }
}
