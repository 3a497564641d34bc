package org.carepathway.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Report;
import org.carepathway.scenario.Scenario.Wait;

/** What the scenarios of a pathway answer to each task, those of the happy path first. */
final class UsualAnswers {

  /**
   * @param after how long the scenario waits before it
   */
  record Usual(Map<String, Object> answers, Duration after) {}

  private final Map<String, List<Usual>> tasks = new LinkedHashMap<>();
  private final Map<String, List<Usual>> reports = new LinkedHashMap<>();
  private final Map<String, Object> referral;

  /**
   * @param pathways the pathway, then the one that it inherits from
   */
  UsualAnswers(String... pathways) throws IOException {
    Scenario usual = ScenarioRun.read(folder(pathways[0]).resolve("happy-path.yaml"));
    referral = usual.referral();
    read(usual);
    for (String pathway : pathways) {
      for (Path file : PlayScenario.files(folder(pathway).toString())) {
        read(ScenarioRun.read(file));
      }
    }
  }

  /** What matters of the referral, as in a scenario. */
  Map<String, Object> referral() {
    return referral;
  }

  private static Path folder(String pathway) {
    return Path.of("bpmn", pathway, "scenarios");
  }

  /** Empty when no scenario has it. */
  List<Usual> of(String task) {
    return tasks.getOrDefault(task, List.of());
  }

  /** What is reported of an event; empty when no scenario has it. */
  List<Usual> ofEvent(String event) {
    return reports.getOrDefault(event, List.of());
  }

  private void read(Scenario scenario) {
    Duration waited = Duration.ZERO;
    for (Scenario.Step step : scenario.steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime any = ZonedDateTime.parse("2026-11-02T09:00:00Z");
        waited = waited.plus(Duration.between(any, any.plus(wait.time())));
      } else if (step instanceof Answer answer && answer.refused().isEmpty()) {
        add(tasks, answer.task(), new Usual(answer.answers(), waited));
        waited = Duration.ZERO;
      } else if (step instanceof Report report && report.refused().isEmpty()) {
        add(reports, report.event(), new Usual(report.answers(), waited));
        waited = Duration.ZERO;
      }
    }
  }

  private static void add(Map<String, List<Usual>> to, String key, Usual usual) {
    List<Usual> some = to.computeIfAbsent(key, any -> new ArrayList<>());
    if (!some.contains(usual)) {
      some.add(usual);
    }
  }
}
