package org.carepathway.engine.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.carepathway.engine.model.ProcessModel.CallModel;
import org.carepathway.engine.model.ProcessModel.StepModel;
import org.carepathway.engine.model.ProcessModel.UserTaskModel;

/** Reads BPMN text into what the content check looks at. */
public final class ProcessModels {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Pattern WORD = Pattern.compile("\\$\\{([a-z]+)}");

  private ProcessModels() {}

  /**
   * @throws RuntimeException when the text is not BPMN 2.0
   */
  public static List<ProcessModel> read(String file, String text) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    return model.getModelElementsByType(Process.class).stream()
        .map(process -> process(file, model, process))
        .toList();
  }

  /**
   * A main process under the id, name and version of a pathway that inherits it.
   *
   * @param text BPMN with a process of the id {@code from}
   */
  public static String renamed(String text, String from, String to, String name, String version) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    Process process = model.getModelElementById(from);
    model.getModelElementsByType(Participant.class).stream()
        .filter(participant -> process.equals(participant.getProcess()))
        .forEach(participant -> participant.setName(name));
    process.setId(to);
    process.setName(name);
    process.setCamundaVersionTag(version);
    return Bpmn.convertToString(model);
  }

  private static ProcessModel process(String file, BpmnModelInstance model, Process process) {
    return new ProcessModel(
        file,
        process.getId(),
        process.getCamundaVersionTag(),
        process.getCamundaHistoryTimeToLiveString() != null,
        process.isExecutable(),
        model.getModelElementsByType(MessageEventDefinition.class).stream()
            .map(event -> event.getMessage().getName())
            .collect(Collectors.toCollection(TreeSet::new)),
        model.getModelElementsByType(UserTask.class).stream().map(ProcessModels::userTask).toList(),
        model.getModelElementsByType(Task.class).stream()
            .filter(task -> !(task instanceof UserTask))
            .map(ProcessModels::step)
            .toList(),
        model.getModelElementsByType(CallActivity.class).stream().map(ProcessModels::call).toList(),
        VariableReads.of(model),
        model.getModelElementsByType(EndEvent.class).stream()
            .filter(end -> Undone.of(end).isPresent())
            .collect(Collectors.toMap(EndEvent::getId, end -> Undone.of(end).orElseThrow())),
        new FlowProblems(model).find());
  }

  private static UserTaskModel userTask(UserTask task) {
    return new UserTaskModel(
        task.getId(),
        task.getName(),
        task.getCamundaCandidateGroups(),
        task.getCamundaFormKey(),
        task.getCamundaDueDate(),
        task.getCamundaPriority(),
        StepProperties.named(task));
  }

  private static CallModel call(CallActivity call) {
    List<CamundaIn> in = extensions(call, CamundaIn.class);
    List<CamundaOut> out = extensions(call, CamundaOut.class);
    return new CallModel(
        call.getId(),
        call.getCalledElement(),
        call.getCamundaCalledElementBinding(),
        in.stream().anyMatch(some -> some.getCamundaVariables() != null)
            || out.stream().anyMatch(some -> some.getCamundaVariables() != null),
        in.stream()
            .filter(some -> some.getCamundaSource() != null)
            .collect(Collectors.toMap(CamundaIn::getCamundaSource, CamundaIn::getCamundaTarget)),
        out.stream()
            .filter(some -> some.getCamundaSource() != null)
            .collect(Collectors.toMap(CamundaOut::getCamundaSource, CamundaOut::getCamundaTarget)));
  }

  private static <T extends ModelElementInstance> List<T> extensions(
      CallActivity call, Class<T> type) {
    return call.getExtensionElements() == null
        ? List.of()
        : call.getExtensionElements().getElementsQuery().filterByType(type).list();
  }

  private static StepModel step(Task task) {
    String delegate = task.getAttributeValueNs(CAMUNDA, "delegateExpression");
    Matcher word = WORD.matcher(delegate == null ? "" : delegate);
    return new StepModel(
        task.getId(),
        word.matches() ? word.group(1) : null,
        StepProperties.named(task),
        before(task));
  }

  private static Set<String> before(FlowNode node) {
    Set<String> found = new LinkedHashSet<>();
    collectBefore(node, found);
    return found;
  }

  private static void collectBefore(FlowNode node, Set<String> found) {
    for (SequenceFlow flow : node.getIncoming()) {
      if (found.add(flow.getSource().getId())) {
        collectBefore(flow.getSource(), found);
      }
    }
  }
}
