package org.carepathway.rehearsal;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.carepathway.content.PathwayContent;

/** Which sequence flows of a pathway's models the scenarios took; random patients do not count. */
record Coverage(PathwayContent content, SequenceFlows flows) {

  /** Process id to its flows that were never taken: flow id to from, name and to. */
  Map<String, Map<String, String>> missing() {
    Map<String, Map<String, String>> missing = new LinkedHashMap<>();
    all()
        .forEach(
            (process, some) -> {
              Set<String> taken = flows.taken(process);
              Map<String, String> left = new LinkedHashMap<>(some);
              left.keySet().removeAll(taken);
              missing.put(process, left);
            });
    return missing;
  }

  /** For people: taken of all, then each that is missing. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Map<String, Map<String, String>> all = all();
    missing()
        .forEach(
            (process, left) -> {
              int count = all.get(process).size();
              lines.add(
                  "%-32s %3d of %3d flows taken".formatted(process, count - left.size(), count));
              left.forEach((id, text) -> lines.add("    never: %s (%s)".formatted(id, text)));
            });
    return lines;
  }

  private Map<String, Map<String, String>> all() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    content
        .models()
        .forEach(
            (file, text) -> {
              if (file.endsWith(".bpmn")) {
                BpmnModelInstance model =
                    Bpmn.readModelFromStream(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
                String process =
                    model.getModelElementsByType(Process.class).iterator().next().getId();
                model
                    .getModelElementsByType(SequenceFlow.class)
                    .forEach(
                        flow ->
                            all.computeIfAbsent(process, key -> new LinkedHashMap<>())
                                .put(flow.getId(), text(flow)));
              }
            });
    return all;
  }

  private static String text(SequenceFlow flow) {
    String name = flow.getName() == null ? "" : " '" + flow.getName() + "'";
    return flow.getSource().getId() + name + " -> " + flow.getTarget().getId();
  }
}
