package org.carepathway.content;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.engine.Step;
import org.carepathway.engine.StepInput;
import org.carepathway.engine.StepInput.Kind;
import org.carepathway.engine.model.ProcessModel.StepModel;

/** The words that content may call, and what a call of one gives them. */
final class Vocabulary {

  private final Map<String, List<StepInput>> words = new TreeMap<>();

  Vocabulary(Collection<Step> steps) {
    steps.forEach(step -> words.put(step.name(), step.inputs()));
  }

  /**
   * A property of a call.
   *
   * @param input what the word takes there; null where it knows no such property
   */
  record Given(StepInput input, String name, String value) {

    /** Its values: one, or several separated by spaces or commas. */
    List<String> values() {
      return Arrays.stream(value.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
    }
  }

  Set<String> words() {
    return words.keySet();
  }

  boolean knows(StepModel call) {
    return call.word() != null && words.containsKey(call.word());
  }

  /** The properties that a call has, in order. */
  List<Given> given(StepModel call) {
    return call.inputs().entrySet().stream()
        .map(
            property ->
                new Given(input(call, property.getKey()), property.getKey(), property.getValue()))
        .toList();
  }

  /** What a call gives in its inputs of a kind. */
  Stream<Given> given(StepModel call, Kind kind) {
    return given(call).stream().filter(some -> some.input() != null && some.input().kind() == kind);
  }

  /** The names of what a call must have and has not. */
  Set<String> missing(StepModel call) {
    return words.get(call.word()).stream()
        .filter(StepInput::needed)
        .map(StepInput::name)
        .filter(name -> call.inputs().getOrDefault(name, "").isBlank())
        .collect(Collectors.toSet());
  }

  private StepInput input(StepModel call, String property) {
    return words.getOrDefault(call.word(), List.of()).stream()
        .filter(input -> input.takes(property))
        .findFirst()
        .orElse(null);
  }
}
