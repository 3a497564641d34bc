package org.carepathway.engine;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Publishes where a patient stands: the calls that the main process makes on its usual way, those
 * of its event sub-processes left out.
 */
@Component
class StageEvents extends AbstractBpmnParseListener {

  private final ApplicationEventPublisher events;

  StageEvents(ApplicationEventPublisher events) {
    this.events = events;
  }

  @Override
  public void parseCallActivity(Element element, ScopeImpl scope, ActivityImpl activity) {
    if (scope instanceof ProcessDefinitionEntity) {
      int place = scope.getActivities().size();
      activity.addListener(
          ExecutionListener.EVENTNAME_START,
          (ExecutionListener) execution -> publish(execution, place, true));
      activity.addListener(
          ExecutionListener.EVENTNAME_END,
          (ExecutionListener) execution -> publish(execution, place, false));
    }
  }

  private void publish(DelegateExecution execution, int place, boolean entered) {
    if (execution.getProcessInstance().getSuperExecution() == null) {
      events.publishEvent(
          new StageChanged(
              UUID.fromString(execution.getProcessBusinessKey()),
              execution.getCurrentActivityId(),
              execution.getCurrentActivityName(),
              place,
              entered));
    }
  }
}
