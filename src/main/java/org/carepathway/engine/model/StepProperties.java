package org.carepathway.engine.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;

/** The {@code camunda:property} elements of an element: the inputs of a step. */
public final class StepProperties {

  /** What a user task may have. */
  public static final Set<String> OF_TASKS = Set.of("skipTo", "visit");

  static final String VISIT = "visit";

  private static final String SKIP_TO = "skipTo";

  private StepProperties() {}

  /** In the order in which they are written. */
  public static Collection<CamundaProperty> of(BaseElement element) {
    return element.getExtensionElements() == null
        ? List.of()
        : element
            .getExtensionElements()
            .getElementsQuery()
            .filterByType(CamundaProperties.class)
            .list()
            .stream()
            .flatMap(properties -> properties.getCamundaProperties().stream())
            .toList();
  }

  /** As {@link #of}, name to value. */
  static Map<String, String> named(BaseElement element) {
    Map<String, String> named = new LinkedHashMap<>();
    of(element).forEach(each -> named.put(each.getCamundaName(), each.getCamundaValue()));
    return named;
  }

  /** The element that the pathway goes on with when people leave a task out; empty for a gate. */
  public static Optional<String> skipTo(BaseElement task) {
    return of(task).stream()
        .filter(property -> SKIP_TO.equals(property.getCamundaName()))
        .map(CamundaProperty::getCamundaValue)
        .findFirst();
  }
}
