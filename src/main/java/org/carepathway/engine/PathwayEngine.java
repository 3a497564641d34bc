package org.carepathway.engine;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/** What the rest of the service asks of the workflow engine. */
@Component
public class PathwayEngine {

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final RepositoryService repository;

  PathwayEngine(RuntimeService runtime, TaskService tasks, RepositoryService repository) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.repository = repository;
  }

  /**
   * Starts the main process of a pathway in the version given and runs to its first wait states.
   *
   * @param pathwayKey id of the main process
   * @param version its version tag
   */
  public void start(
      String pathwayKey, String version, UUID pathwayId, Map<String, Object> variables) {
    ProcessDefinition definition = definition(pathwayKey, version);
    runtime.startProcessInstanceById(definition.getId(), pathwayId.toString(), variables);
  }

  /** Completes a task and runs on to the next wait states. */
  public void complete(String engineTaskId) {
    tasks.complete(engineTaskId);
  }

  /** Whether anything in a pathway waits for a message, its called processes included. */
  public boolean awaits(String message, UUID pathwayId) {
    return runtime
            .createExecutionQuery()
            .messageEventSubscriptionName(message)
            .processInstanceBusinessKey(pathwayId.toString())
            .count()
        > 0;
  }

  /**
   * Gives a message to everything in a pathway that waits for it, its called processes included.
   *
   * @return whether anything waited for it
   */
  public boolean correlate(String message, UUID pathwayId) {
    return !runtime
        .createMessageCorrelation(message)
        .processInstanceBusinessKey(pathwayId.toString())
        .correlateAllWithResult()
        .isEmpty();
  }

  /** The deployment that the newest process of a version came with. */
  public String deploymentId(String pathwayKey, String version) {
    return definition(pathwayKey, version).getDeploymentId();
  }

  private ProcessDefinition definition(String pathwayKey, String version) {
    return Optional.ofNullable(
            repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(pathwayKey)
                .versionTag(version)
                .orderByProcessDefinitionVersion()
                .desc()
                .listPage(0, 1))
        .filter(found -> !found.isEmpty())
        .map(found -> found.get(0))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "process %s %s is not deployed".formatted(pathwayKey, version)));
  }
}
