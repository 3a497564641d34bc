package org.carepathway.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Step;

/**
 * The answers of a scenario for a clock that stands still, as the whole service's does: the
 * procedure was three hours ago, and the rounds of the recovery since then are entered at once.
 */
public final class AtOneMoment {

  private static final String ROUNDS = "round";

  /** Minutes after the end of the procedure at which a patient is looked after, and how often. */
  private static final int STAY = 175;

  private static final int EVERY = 15;

  private AtOneMoment() {}

  /** With a room and people of its own: at one moment they can be booked once. */
  static Answer forOnePatient(Answer answer) {
    if (!answer.task().equals("BookProcedure")) {
      return answer;
    }
    String own = " " + UUID.randomUUID();
    Map<String, Object> given = new HashMap<>(answer.answers());
    List.of("room", "operator", "sedation-nurse", "recovery-bay")
        .forEach(booked -> given.computeIfPresent(booked, (key, name) -> name + own));
    return new Answer(answer.task(), given);
  }

  public static List<Answer> of(List<Step> steps) {
    List<Answer> answers = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Answer answer) {
        add(answers, answer);
      }
    }
    return answers;
  }

  private static void add(List<Answer> answers, Answer answer) {
    Map<String, Object> given = new HashMap<>(answer.answers());
    if (answer.task().equals("PerformProcedure")) {
      given.put("start", "@now-4h");
      given.put("end", "@now-3h");
      given.put("last-injection-at", "@now-3h");
    }
    if (answer.task().equals("ObserveRecovery")) {
      Answer last = answers.get(answers.size() - 1);
      boolean goesOn = last.task().equals(answer.task());
      given.put(ROUNDS, rounds(goesOn ? last.answers() : Map.of(), answer.answers()));
      if (goesOn) {
        answers.remove(last);
      }
    }
    answers.add(new Answer(answer.task(), given));
  }

  private static List<Map<String, Object>> rounds(
      Map<String, Object> before, Map<String, Object> now) {
    List<Map<String, Object>> rounds = new ArrayList<>(of(before));
    for (Map<String, Object> round : of(now)) {
      Map<String, Object> timed = new HashMap<>(round);
      timed.put("round-at", "@now-%dmin".formatted(STAY - EVERY * rounds.size()));
      rounds.add(timed);
    }
    return rounds;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> of(Map<String, Object> answers) {
    return (List<Map<String, Object>>) answers.getOrDefault(ROUNDS, List.of());
  }
}
