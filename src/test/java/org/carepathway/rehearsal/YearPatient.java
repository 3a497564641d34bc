package org.carepathway.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.answers.Given;
import org.carepathway.outreach.OutreachStage.Left;
import org.carepathway.security.ActAs;
import org.carepathway.worklist.WorkItem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/** What a patient does in a year: answers some messages, or none, or dies. */
final class YearPatient {

  private static final int ALARM = 75;
  private static final int SILENT = 15;
  private static final int UNREACHABLE = 30;
  private static final int ANSWERS = 70;
  private static final int HAS_ALARM = 4;
  private static final int DIES = 6;
  private static final int BY_LETTER = 8;
  private static final int SLOWEST_ANSWER = 60 * 48;

  private final YearScene scene;
  private final boolean silent;
  private final boolean reachable;
  private final boolean byLetter;
  private final Set<UUID> heard = new HashSet<>();
  private Instant died;

  YearPatient(YearScene scene) {
    this.scene = scene;
    silent = scene.chance(SILENT);
    reachable = !silent || !scene.chance(UNREACHABLE);
    byLetter = scene.chance(BY_LETTER);
    if (byLetter) {
      scene.count("patients: written to by letter only");
    }
    if (silent) {
      scene.count(reachable ? "patients: answer calls only" : "patients: answer nothing");
    }
  }

  /** Whether the patient has neither mobile phone nor mail. */
  boolean isByLetter() {
    return byLetter;
  }

  /** Whether the patient answers no message. */
  boolean isSilent() {
    return silent;
  }

  /** Whether the patient picks up the phone. */
  boolean isReachable() {
    return reachable;
  }

  /** Null while the patient lives. */
  Instant died() {
    return died;
  }

  /** On any day of the year, by what the EHR tells. */
  void mayDie() {
    if (scene.chance(DIES)) {
      scene.plan(Duration.ofHours(scene.random.nextInt(360 * 24)), this::die);
    }
  }

  private void die() {
    if (scene.isActive()) {
      died = scene.now();
      scene.journey.store(
          scene.journey.patient().copy().setDeceased(new DateTimeType(Date.from(died))));
      scene.count("patients: died");
    }
  }

  /** Answers a message that has arrived, soon or later. */
  void hear(Left left) {
    if (left.purpose().equals("question")
        && heard.add(left.id())
        && !silent
        && scene.chance(ANSWERS)) {
      scene.plan(
          Duration.ofMinutes(30 + scene.random.nextInt(SLOWEST_ANSWER)),
          () -> answer(UUID.fromString(left.about())));
    }
  }

  private void answer(UUID task) {
    WorkItem item = scene.open(task);
    if (item == null || !item.dueAt().isAfter(scene.now())) {
      return;
    }
    boolean alarm = scene.chance(HAS_ALARM);
    Map<String, Object> answers = new HashMap<>(scene.usual.of(item.element()).get(0).answers());
    // What the page does not ask, or answers in the patient's place.
    answers.keySet().removeAll(Set.of("rmdq-score", "odi-score", "eq-index", "eq-vas"));
    if (alarm) {
      answers.put("red-flag-weakness", true);
      answers.put("red-flag-action", "The patient was told to call at once.");
    }
    Set<UUID> before = urgent();
    Instant at = scene.now();
    if (!send(item, answers)) {
      // Asked where nobody has said yet that the blood thinner is taken again.
      answers.put("blood-thinner", "restart-done");
      if (!send(item, answers)) {
        scene.fault(item.element() + " by link was refused");
        return;
      }
    }
    scene.count(YearFigures.BY_LINK);
    if (alarm) {
      heard(at, before);
    }
  }

  private boolean send(WorkItem item, Map<String, Object> answers) {
    try {
      ActAs.patient(item.patientId(), () -> complete(item, answers));
      return true;
    } catch (AnswersRefused refused) {
      scene.count("answers by link that asked for more");
      return false;
    }
  }

  private Object complete(WorkItem item, Map<String, Object> answers) {
    QuestionnaireResponse first = scene.stage.completion.first(item.id()).answers();
    return scene.stage.completion.complete(
        item.id(),
        Given.of(
            scene.stage.sheets.fill(
                scene.journey.content().questionnaire(item.form()), first, answers),
            true),
        OptionalInt.empty());
  }

  private Set<UUID> urgent() {
    return scene.journey.open().stream()
        .filter(item -> item.priority() >= ALARM)
        .map(WorkItem::id)
        .collect(Collectors.toSet());
  }

  /** What must have come of an alarm answer, as far as the service's clock says. */
  private void heard(Instant at, Set<UUID> before) {
    scene.journey.pass(Duration.ZERO);
    scene.outreach.run();
    List<WorkItem> alarms =
        scene.journey.open().stream()
            .filter(item -> item.priority() >= ALARM && !before.contains(item.id()))
            .toList();
    scene.alarm(
        alarms.stream()
            .findFirst()
            .map(item -> Duration.between(at, item.createdAt()))
            .orElse(null),
        scene.outreach.left().stream()
            .filter(left -> left.purpose().equals("alarm") && isAbout(left, alarms))
            .findFirst()
            .map(left -> Duration.between(at, left.at()))
            .orElse(null));
  }

  private static boolean isAbout(Left left, List<WorkItem> alarms) {
    return alarms.stream().anyMatch(item -> item.id().toString().equals(left.about()));
  }
}
