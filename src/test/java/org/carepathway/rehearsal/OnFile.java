package org.carepathway.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Step;
import org.carepathway.scenario.Scenarios;

/**
 * A scenario whose patient's data come from the hospital's EHR before the form that asks for them.
 */
final class OnFile {

  private static final Path FILES = Path.of("src/test/resources/on-file");

  /** Task to the answers that nobody types, since the EHR has them. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "CompleteReferral",
          Set.of(
              "anticoagulant",
              "allergies",
              "t-score",
              "t-score-site",
              "dxa-date",
              "analgesic-drug",
              "analgesic-dose",
              "analgesic-days"),
          "ReportImaging",
          Set.of("study", "performed-on", "conclusion"),
          "ExaminePatient",
          Set.of("spo2"),
          "DoWorkUp",
          Set.of(
              "inr",
              "inr-at",
              "platelets",
              "platelets-at",
              "haemoglobin",
              "creatinine",
              "egfr",
              "labs-at",
              "weight",
              "height",
              "thinner-dose"),
          "PrepareForProcedure",
          Set.of(
              "systolic",
              "diastolic",
              "heart-rate",
              "respiratory-rate",
              "spo2",
              "temperature",
              "inr"),
          "ObserveRecovery",
          Set.of("systolic", "diastolic", "heart-rate", "spo2"),
          "ReferToBoneHealth",
          Set.of("calcium"),
          "ReviewBoneHealth",
          Set.of("dxa-known", "dxa-date", "t-score-spine"));

  /** The radiology's report is read, not entered. */
  private static final Map<String, String> INSTEAD = Map.of("ReportImaging", "ReadImagingReport");

  private OnFile() {}

  static Scenario before(Scenario usual) throws IOException {
    List<Step> steps = new ArrayList<>();
    for (Step step : usual.steps()) {
      if (step instanceof Answer answer && KNOWN.containsKey(answer.task())) {
        steps.addAll(
            Scenarios.parse(Files.readString(FILES.resolve(answer.task() + ".yaml"))).steps());
        steps.add(
            new Answer(
                INSTEAD.getOrDefault(answer.task(), answer.task()),
                without(answer.answers(), KNOWN.get(answer.task()))));
      } else {
        steps.add(step);
      }
    }
    return new Scenario(
        usual.name(),
        usual.patient(),
        usual.referral(),
        usual.begin(),
        steps,
        List.of(),
        List.of(),
        null);
  }

  private static Map<String, Object> without(Map<?, ?> answers, Set<String> known) {
    Map<String, Object> left = new HashMap<>();
    answers.forEach(
        (question, value) -> {
          if (!known.contains(question)) {
            left.put(
                question.toString(),
                value instanceof List<?> list
                    ? list.stream()
                        .map(each -> each instanceof Map<?, ?> group ? without(group, known) : each)
                        .toList()
                    : value);
          }
        });
    return left;
  }
}
