package org.carepathway.rehearsal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/** Notes which sequence flows of the models are taken and which elements are reached. */
final class SequenceFlows extends AbstractBpmnParseListener {

  private final Map<String, Set<String>> counted = new ConcurrentHashMap<>();
  private final ThreadLocal<Map<String, Set<String>>> taken = ThreadLocal.withInitial(HashMap::new);
  private final ThreadLocal<Set<String>> reached = ThreadLocal.withInitial(HashSet::new);

  /** The ids of the flows of a process that count as taken. */
  Set<String> taken(String process) {
    return counted.getOrDefault(process, Set.of());
  }

  /** The flows that this thread has taken since the last {@link #forget} count as taken. */
  void count() {
    taken
        .get()
        .forEach(
            (process, flows) ->
                counted
                    .computeIfAbsent(process, key -> ConcurrentHashMap.newKeySet())
                    .addAll(flows));
  }

  /** The ids of the elements that this thread has reached since the last {@link #forget}. */
  Collection<String> reached() {
    return reached.get();
  }

  /** The way back to what this thread has taken and reached by now. */
  Runnable bookmark() {
    Map<String, Set<String>> takenByNow = copy(taken.get());
    Set<String> reachedByNow = Set.copyOf(reached.get());
    return () -> {
      taken.set(copy(takenByNow));
      reached.set(new HashSet<>(reachedByNow));
    };
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> flows) {
    Map<String, Set<String>> copy = new HashMap<>();
    flows.forEach((process, some) -> copy.put(process, new HashSet<>(some)));
    return copy;
  }

  void forget() {
    taken.remove();
    reached.remove();
  }

  @Override
  public void parseSequenceFlow(Element flow, ScopeImpl scope, TransitionImpl transition) {
    String process = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey();
    transition.addListener(
        ExecutionListener.EVENTNAME_TAKE,
        execution -> {
          taken.get().computeIfAbsent(process, key -> new HashSet<>()).add(transition.getId());
          reached.get().add(transition.getDestination().getId());
        });
  }

  @Override
  public void parseStartEvent(Element event, ScopeImpl scope, ActivityImpl activity) {
    note(activity);
  }

  @Override
  public void parseBoundaryTimerEventDefinition(
      Element definition, boolean interrupting, ActivityImpl activity) {
    note(activity);
  }

  @Override
  public void parseBoundaryMessageEventDefinition(
      Element definition, boolean interrupting, ActivityImpl activity) {
    note(activity);
  }

  private void note(ActivityImpl activity) {
    activity.addListener(
        ExecutionListener.EVENTNAME_START, execution -> reached.get().add(activity.getId()));
  }
}
