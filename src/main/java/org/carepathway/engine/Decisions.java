package org.carepathway.engine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Evaluates decision tables and tells which rules fired on which inputs. */
@Component
public class Decisions implements DmnDecisionTableEvaluationListener {

  private final DecisionService decisions;
  private final RepositoryService repository;
  private final Map<String, DecisionDefinition> definitions = new ConcurrentHashMap<>();
  private final ThreadLocal<DmnDecisionTableEvaluationEvent> last = new ThreadLocal<>();

  /** Lazy services: the engine that provides them takes this listener when it is built. */
  Decisions(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
    this.decisions = decisions;
    this.repository = repository;
  }

  /**
   * Evaluates the decision table of a deployment.
   *
   * @throws IllegalArgumentException when the deployment has no such decision
   */
  public DecisionOutcome evaluate(
      String deploymentId, String decision, Map<String, Object> variables) {
    DecisionDefinition definition =
        definitions.computeIfAbsent(
            deploymentId + '/' + decision, key -> find(deploymentId, decision));
    last.remove();
    decisions.evaluateDecisionTableById(definition.getId(), variables);
    DmnDecisionTableEvaluationEvent event = last.get();
    last.remove();
    return DecisionOutcome.of(decision, definition.getVersionTag(), event);
  }

  @Override
  public void notify(DmnDecisionTableEvaluationEvent event) {
    last.set(event);
  }

  private DecisionDefinition find(String deploymentId, String decision) {
    return Optional.ofNullable(
            repository
                .createDecisionDefinitionQuery()
                .deploymentId(deploymentId)
                .decisionDefinitionKey(decision)
                .singleResult())
        .orElseThrow(
            () -> new IllegalArgumentException("the pathway has no decision '" + decision + "'"));
  }
}
