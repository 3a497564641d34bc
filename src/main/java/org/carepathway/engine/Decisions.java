package org.carepathway.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationListener;
import org.camunda.bpm.engine.DecisionService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.carepathway.engine.model.DecisionModels;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Evaluates decision tables and tells which rules fired on which inputs. */
@Component
public class Decisions implements DmnDecisionTableEvaluationListener {

  private final DecisionService decisions;
  private final RepositoryService repository;
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final ThreadLocal<DmnDecisionTableEvaluationEvent> last = new ThreadLocal<>();

  /** Lazy services: the engine that provides them takes this listener when it is built. */
  Decisions(@Lazy DecisionService decisions, @Lazy RepositoryService repository) {
    this.decisions = decisions;
    this.repository = repository;
  }

  /**
   * Evaluates the decision table of a deployment.
   *
   * @param policy the pathway's policy values as the tables name them; those that this table names
   *     count among its inputs
   * @throws IllegalArgumentException when the deployment has no such decision
   */
  public DecisionOutcome evaluate(
      String deploymentId,
      String decision,
      Map<String, Object> variables,
      Map<String, Object> policy) {
    Table table =
        tables.computeIfAbsent(deploymentId + '/' + decision, key -> find(deploymentId, decision));
    // Only what the table names: the engine converts the whole map for every cell that reads it.
    Map<String, Object> named = new HashMap<>();
    table.policy().forEach(name -> named.put(name, policy.get(name)));
    Map<String, Object> known = new HashMap<>(variables);
    known.put("policy", named);
    last.remove();
    decisions.evaluateDecisionTableById(table.id(), known);
    DmnDecisionTableEvaluationEvent event = last.get();
    last.remove();
    DecisionOutcome outcome = DecisionOutcome.of(decision, table.version(), event);
    named.forEach((name, value) -> outcome.inputs().put("policy." + name, value));
    return outcome;
  }

  @Override
  public void notify(DmnDecisionTableEvaluationEvent event) {
    last.set(event);
  }

  private Table find(String deploymentId, String decision) {
    return Optional.ofNullable(
            repository
                .createDecisionDefinitionQuery()
                .deploymentId(deploymentId)
                .decisionDefinitionKey(decision)
                .singleResult())
        .map(this::table)
        .orElseThrow(
            () -> new IllegalArgumentException("the pathway has no decision '" + decision + "'"));
  }

  private Table table(DecisionDefinition definition) {
    Decision decision =
        repository.getDmnModelInstance(definition.getId()).getModelElementById(definition.getKey());
    return new Table(
        definition.getId(), definition.getVersionTag(), DecisionModels.policyNames(decision));
  }

  /**
   * @param policy the policy values that its cells name
   */
  private record Table(String id, String version, Set<String> policy) {}
}
