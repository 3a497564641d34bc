package org.carepathway.scenario;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.carepathway.scenario.Scenario.Add;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Check;
import org.carepathway.scenario.Scenario.Follow;
import org.carepathway.scenario.Scenario.ReferAgain;
import org.carepathway.scenario.Scenario.Report;
import org.carepathway.scenario.Scenario.Revoke;
import org.carepathway.scenario.Scenario.Step;
import org.carepathway.scenario.Scenario.Store;
import org.carepathway.scenario.Scenario.Wait;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads scenarios from YAML. */
public final class Scenarios {

  private Scenarios() {}

  /**
   * A scenario that extends no other.
   *
   * @throws IllegalArgumentException naming the step that cannot be understood
   */
  public static Scenario parse(String yaml) {
    return parse(
        yaml,
        name -> {
          throw new IllegalArgumentException("there is no scenario '" + name + "' to extend");
        });
  }

  /**
   * A scenario that may extend another: it begins with the other's steps before the task {@code
   * until}, with the answers of {@code change} in place of the other's.
   *
   * @param texts gives the YAML of the scenario with a name
   * @throws IllegalArgumentException naming the step that cannot be understood
   */
  public static Scenario parse(String yaml, UnaryOperator<String> texts) {
    Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    Scenario base =
        document.get("extends") instanceof String name ? parse(texts.apply(name), texts) : null;
    List<Step> steps = new ArrayList<>();
    if (base != null) {
      steps.addAll(
          changed(before(base, (String) document.get("until")), map(document.get("change"))));
    }
    list(document.get("steps")).forEach(step -> steps.add(step(map(step))));
    Map<String, Object> patient = new HashMap<>(base == null ? Map.of() : base.patient());
    patient.putAll(map(document.get("patient")));
    Map<String, Object> referral = new HashMap<>(base == null ? Map.of() : base.referral());
    referral.putAll(map(document.get("referral")));
    return new Scenario(
        (String) document.get("name"),
        patient,
        referral,
        document.get("begin") instanceof String begin ? LocalDateTime.parse(begin) : null,
        steps,
        texts(document.get("expect")),
        texts(document.get("reached")),
        document.containsKey("tasks") ? texts(document.get("tasks")) : null);
  }

  private static List<Step> before(Scenario base, String task) {
    if (task == null) {
      return base.steps();
    }
    for (int i = 0; i < base.steps().size(); i++) {
      if (base.steps().get(i) instanceof Answer answer && answer.task().equals(task)) {
        return base.steps().subList(0, i);
      }
    }
    throw new IllegalArgumentException("'%s' has no task %s".formatted(base.name(), task));
  }

  /**
   * The first answer to each task that is named is changed, and what is unusual in it confirmed; an
   * answer of null is left out.
   */
  private static List<Step> changed(List<Step> steps, Map<String, Object> changes) {
    List<Step> changed = new ArrayList<>(steps);
    changes.forEach(
        (task, answers) -> {
          int place = place(changed, task);
          Answer before = (Answer) changed.get(place);
          Map<String, Object> after = new HashMap<>(before.answers());
          after.putAll(map(answers));
          after.values().removeIf(Objects::isNull);
          changed.set(place, new Answer(task, after, true, before.refused()));
        });
    return changed;
  }

  private static int place(List<Step> steps, String task) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i) instanceof Answer answer && answer.task().equals(task)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no task " + task + " to change");
  }

  private static Step step(Map<String, Object> step) {
    boolean confirm = Boolean.TRUE.equals(step.get("confirm"));
    if (step.get("task") instanceof String task) {
      return new Answer(task, map(step.get("answers")), confirm, texts(step.get("refused")));
    }
    if (step.get("report") instanceof String event) {
      return new Report(
          event,
          String.valueOf(step.getOrDefault("as", "coordinator")),
          map(step.get("answers")),
          confirm,
          texts(step.get("refused")));
    }
    if (step.get("add") instanceof String task) {
      return new Add(
          task,
          String.valueOf(step.getOrDefault("as", "coordinator")),
          Boolean.TRUE.equals(step.get("refused")));
    }
    if (step.get("wait") instanceof String time) {
      return new Wait(amount(time));
    }
    if ("referral".equals(step.get("revoke"))) {
      return new Revoke();
    }
    if (step.get("store") instanceof Map<?, ?> resource) {
      return new Store(map(resource));
    }
    if (step.get("follow") instanceof String which) {
      return new Follow(followsNewest(which));
    }
    if ("again".equals(step.get("refer"))) {
      return new ReferAgain();
    }
    if (step.containsKey("expect") || step.containsKey("tasks")) {
      return new Check(
          texts(step.get("expect")), step.containsKey("tasks") ? texts(step.get("tasks")) : null);
    }
    throw new IllegalArgumentException(
        "a step is a task, a report, an add, a wait, a revoke, a store, a refer, a follow, or what to expect, not "
            + step);
  }

  private static boolean followsNewest(String which) {
    return switch (which) {
      case "newest" -> true;
      case "first" -> false;
      default -> throw new IllegalArgumentException("follow is newest or first, not " + which);
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object written) {
    return written instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static List<?> list(Object written) {
    return written instanceof List<?> list ? list : List.of();
  }

  private static List<String> texts(Object written) {
    return list(written).stream().map(String::valueOf).toList();
  }

  private static TemporalAmount amount(String iso) {
    return iso.contains("T") ? Duration.parse(iso) : Period.parse(iso);
  }
}
