package org.carepathway.engine;

import java.util.UUID;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.Expression;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.task.TaskDefinition;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.camunda.bpm.engine.task.IdentityLink;
import org.carepathway.calendar.TimeLimit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Publishes the engine's user tasks as events of our own, in the engine's transaction. */
@Component
class TaskEvents extends AbstractBpmnParseListener {

  private final ApplicationEventPublisher events;
  private final JobTrigger trigger;

  TaskEvents(ApplicationEventPublisher events, JobTrigger trigger) {
    this.events = events;
    this.trigger = trigger;
  }

  @Override
  public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
    TaskDefinition task =
        ((UserTaskActivityBehavior) activity.getActivityBehavior()).getTaskDefinition();
    task.addTaskListener(TaskListener.EVENTNAME_CREATE, this::created);
    task.addTaskListener(TaskListener.EVENTNAME_DELETE, this::cancelled);
  }

  private void created(DelegateTask task) {
    trigger.name();
    events.publishEvent(
        new TaskCreated(
            UUID.fromString(task.getExecution().getProcessBusinessKey()),
            task.getId(),
            task.getTaskDefinitionKey(),
            task.getName(),
            stage((ExecutionEntity) task.getExecution()),
            task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .findFirst()
                .orElseThrow(
                    () -> new IllegalStateException(task.getTaskDefinitionKey() + " has no role")),
            task.getBpmnModelElementInstance().getCamundaFormKey(),
            task.getPriority(),
            task.getDueDate(),
            dueAfter(task)));
  }

  private static String dueAfter(DelegateTask task) {
    Expression due = ((TaskEntity) task).getTaskDefinition().getDueDateExpression();
    return due != null
            && due.getValue(task) instanceof String text
            && SiteCalendars.isLimit(text)
            && TimeLimit.parse(text).asksTheCalendar()
        ? text
        : null;
  }

  /**
   * The call in the main process that a task lies in, however deep; the process itself where it
   * lies in no call.
   */
  private static String stage(ExecutionEntity execution) {
    ProcessDefinitionEntity process = execution.getProcessDefinition();
    String stage = process.getName() == null ? process.getKey() : process.getName();
    ExecutionEntity caller = execution.getProcessInstance().getSuperExecution();
    while (caller != null) {
      stage = (String) caller.getActivity().getProperty("name");
      caller = caller.getProcessInstance().getSuperExecution();
    }
    return stage;
  }

  private void cancelled(DelegateTask task) {
    trigger.name();
    events.publishEvent(
        new TaskCancelled(
            UUID.fromString(task.getExecution().getProcessBusinessKey()), task.getId()));
  }
}
