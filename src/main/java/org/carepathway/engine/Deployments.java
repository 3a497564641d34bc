package org.carepathway.engine;

import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.springframework.stereotype.Component;

/**
 * Deploys a pathway's models together; what is deployed already, unchanged, is not deployed again.
 */
@Component
public class Deployments {

  private final RepositoryService repository;

  Deployments(RepositoryService repository) {
    this.repository = repository;
  }

  /**
   * @param pathwayKey the deployment's name
   * @param models file name to BPMN or DMN text; one deployment, so that {@code deployment}
   *     bindings hold for each running version
   */
  public void deploy(String pathwayKey, Map<String, String> models) {
    DeploymentBuilder deployment =
        repository
            .createDeployment()
            .name(pathwayKey)
            .source("content")
            .enableDuplicateFiltering(false);
    models.forEach(deployment::addString);
    deployment.deploy();
  }

  /**
   * The deployment of a pathway's version, for tables that are asked outside its processes.
   *
   * @param pathwayKey id of the main process
   * @param version its version tag
   * @throws IllegalStateException when there is none
   */
  public String of(String pathwayKey, String version) {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey(pathwayKey)
        .versionTag(version)
        .orderByProcessDefinitionVersion()
        .desc()
        .listPage(0, 1)
        .stream()
        .findFirst()
        .map(ProcessDefinition::getDeploymentId)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "process %s %s is not deployed".formatted(pathwayKey, version)));
  }
}
