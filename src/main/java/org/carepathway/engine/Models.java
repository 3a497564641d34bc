package org.carepathway.engine;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Text;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.carepathway.engine.ProcessModel.CallModel;
import org.carepathway.engine.ProcessModel.StepModel;
import org.carepathway.engine.ProcessModel.UserTaskModel;

/** Reads BPMN and DMN text into what the content check looks at. */
public final class Models {

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
  private static final Pattern WORD = Pattern.compile("\\$\\{([a-z]+)}");
  private static final Pattern VARIABLE = Pattern.compile("[a-z][A-Za-z0-9]*");
  private static final Pattern POLICY = Pattern.compile("\\bpolicy\\.([a-z][A-Za-z0-9]*)");

  private Models() {}

  /**
   * @throws RuntimeException when the text is not BPMN 2.0
   */
  public static List<ProcessModel> processes(String file, String text) {
    BpmnModelInstance model = Bpmn.readModelFromStream(stream(text));
    return model.getModelElementsByType(Process.class).stream()
        .map(process -> process(file, model, process))
        .toList();
  }

  /**
   * @throws RuntimeException when the text is not DMN
   */
  public static List<DecisionModel> decisions(String file, String text) {
    return Dmn.readModelFromStream(stream(text)).getModelElementsByType(Decision.class).stream()
        .map(decision -> decision(file, decision))
        .toList();
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
        model.getModelElementsByType(UserTask.class).stream().map(Models::userTask).toList(),
        model.getModelElementsByType(Task.class).stream()
            .filter(task -> !(task instanceof UserTask))
            .map(Models::step)
            .toList(),
        model.getModelElementsByType(CallActivity.class).stream().map(Models::call).toList(),
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
        task.getCamundaPriority());
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
    Map<String, String> inputs = new LinkedHashMap<>();
    for (CamundaProperty property : StepDelegate.properties(task)) {
      inputs.put(property.getCamundaName(), property.getCamundaValue());
    }
    return new StepModel(task.getId(), word.matches() ? word.group(1) : null, inputs, before(task));
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

  private static DecisionModel decision(String file, Decision decision) {
    Collection<DecisionTable> tables = decision.getChildElementsByType(DecisionTable.class);
    return new DecisionModel(
        file,
        decision.getId(),
        decision.getVersionTag(),
        decision.getCamundaHistoryTimeToLiveString() != null,
        tables.stream()
            .flatMap(table -> table.getInputs().stream())
            .flatMap(Models::variables)
            .collect(Collectors.toCollection(LinkedHashSet::new)),
        tables.stream().flatMap(table -> table.getInputs().stream()).map(Input::getLabel).toList(),
        tables.stream().flatMap(table -> table.getOutputs().stream()).map(Output::getName).toList(),
        new TableProblems(decision).find(),
        policyNames(decision));
  }

  /** The policy values that the cells and expressions of a decision name, {@code policy.name}. */
  static Set<String> policyNames(Decision decision) {
    return decision.getModelInstance().getModelElementsByType(Text.class).stream()
        .filter(text -> isIn(text, decision))
        .flatMap(text -> POLICY.matcher(text.getTextContent()).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isIn(ModelElementInstance element, Decision decision) {
    for (ModelElementInstance at = element; at != null; at = at.getParentElement()) {
      if (at.equals(decision)) {
        return true;
      }
    }
    return false;
  }

  /** Only an input that is a plain variable is known for sure; a FEEL expression is left alone. */
  private static Stream<String> variables(Input input) {
    String expression = input.getInputExpression().getText().getTextContent().strip();
    return VARIABLE.matcher(expression).matches() ? Stream.of(expression) : Stream.empty();
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
