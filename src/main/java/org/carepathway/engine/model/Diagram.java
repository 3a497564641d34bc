package org.carepathway.engine.model;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.StringEscapeUtils;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A process as it is drawn.
 *
 * @param processId id of the process
 * @param name what people call it
 * @param about what it says about itself; empty for nothing
 * @param xml the BPMN, with the drawing
 * @param nodes its steps and events in the order written
 */
public record Diagram(String processId, String name, String about, String xml, List<Node> nodes) {

  /** What a node of the drawing is to a reader. */
  public enum Kind {
    /** A person's task. */
    PERSON,
    /** Something the service does. */
    SERVICE,
    /** Another process. */
    CALL,
    /** A time or a message that is waited for. */
    WAIT,
    /** A gateway, a start or an end. */
    OTHER
  }

  /**
   * @param name as drawn; empty for none
   * @param calls id of the process it calls; null for none
   * @param next ids of the nodes that can follow, those after a boundary event included
   * @param ways what must hold for each way out that has a condition
   * @param aside whether it is on no usual way: in what an event can start at any time
   * @param undone FHIRPath of why a step that ends here was not done; null where it was
   */
  public record Node(
      String id,
      String name,
      Kind kind,
      String calls,
      List<String> next,
      List<String> ways,
      boolean aside,
      String undone) {}

  private static final Pattern NAME =
      Pattern.compile("(<bpmn:(?!message|escalation)[^>]* name=\")([^\"]*)(?=\")");

  /**
   * The BPMN with the names in another language.
   *
   * @param words a text in that language; the same text where there is none
   */
  public String xml(UnaryOperator<String> words) {
    return NAME.matcher(xml)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1)
                        + StringEscapeUtils.escapeXml10(
                            words.apply(StringEscapeUtils.unescapeXml(found.group(2))))));
  }

  /** The nodes as a patient comes to them: the usual way first. */
  public List<Node> inOrder() {
    Set<Node> ordered = new LinkedHashSet<>();
    Deque<Node> open = new ArrayDeque<>();
    Set<String> followers =
        nodes.stream().flatMap(node -> node.next().stream()).collect(Collectors.toSet());
    nodes.stream().filter(node -> !followers.contains(node.id())).forEach(open::add);
    while (!open.isEmpty()) {
      Node node = open.poll();
      if (ordered.add(node)) {
        node.next().forEach(next -> node(next).ifPresent(open::add));
      }
    }
    ordered.addAll(nodes);
    return List.copyOf(ordered);
  }

  /** The diagrams of BPMN files; others are passed over. */
  public static List<Diagram> of(Map<String, String> models) {
    return models.entrySet().stream()
        .filter(model -> model.getKey().endsWith(".bpmn"))
        .flatMap(model -> of(model.getValue()))
        .toList();
  }

  public Optional<Node> node(String id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
  }

  private static Stream<Diagram> of(String xml) {
    BpmnModelInstance model =
        Bpmn.readModelFromStream(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    return model.getModelElementsByType(Process.class).stream()
        .map(
            process ->
                new Diagram(
                    process.getId(),
                    text(process.getName()),
                    process.getDocumentations().stream()
                        .map(some -> text(some.getTextContent()))
                        .collect(Collectors.joining(" ")),
                    xml,
                    model.getModelElementsByType(FlowNode.class).stream()
                        .filter(node -> isIn(node, process))
                        .map(node -> node(node, model))
                        .toList()));
  }

  private static boolean isIn(ModelElementInstance node, Process process) {
    for (ModelElementInstance at = node; at != null; at = at.getParentElement()) {
      if (at.equals(process)) {
        return true;
      }
    }
    return false;
  }

  private static Node node(FlowNode node, BpmnModelInstance model) {
    List<String> next = new ArrayList<>();
    for (SequenceFlow flow : node.getOutgoing()) {
      next.add(flow.getTarget().getId());
    }
    model.getModelElementsByType(BoundaryEvent.class).stream()
        .filter(event -> node.equals(event.getAttachedTo()))
        .forEach(event -> next.add(event.getId()));
    String calls = node instanceof CallActivity call ? call.getCalledElement() : null;
    return new Node(
        node.getId(),
        text(node.getName()),
        kind(node),
        calls,
        List.copyOf(next),
        node.getOutgoing().stream()
            .filter(flow -> flow.getConditionExpression() != null)
            .map(flow -> flow.getId() + ' ' + flow.getConditionExpression().getTextContent())
            .toList(),
        isAside(node),
        Undone.of(node).orElse(null));
  }

  private static boolean isAside(FlowNode node) {
    for (ModelElementInstance at = node; at != null; at = at.getParentElement()) {
      if (at instanceof SubProcess part && part.triggeredByEvent()) {
        return true;
      }
    }
    return false;
  }

  private static Kind kind(FlowNode node) {
    if (node instanceof UserTask) {
      return Kind.PERSON;
    }
    if (node instanceof CallActivity) {
      return Kind.CALL;
    }
    if (node instanceof IntermediateCatchEvent) {
      return Kind.WAIT;
    }
    return node instanceof Task ? Kind.SERVICE : Kind.OTHER;
  }

  private static String text(String name) {
    return name == null ? "" : name.replaceAll("\\s+", " ").strip();
  }
}
