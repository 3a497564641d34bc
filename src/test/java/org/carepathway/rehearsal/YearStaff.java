package org.carepathway.rehearsal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.carepathway.answers.AnswersRefused;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.worklist.WorkItem;

/** Staff do what is on their list within an hour of their working time, and forget a little. */
final class YearStaff {

  private static final int FORGETS = 2;
  private static final Map<String, Map<String, Object>> UNREACHED =
      Map.of(
          "ContactAt", Map.of("reached", false, "not-reached-reason", "unreached-no-answer"),
          "TryAgain", Map.of("reached", false, "not-reached-reason", "unreached-no-answer"),
          "CallEmergencyContact", Map.of("contact-reached", false));

  private final YearScene scene;
  private final YearPatient patient;
  private final Set<UUID> seen = new HashSet<>();
  private final Set<Instant> looks = new HashSet<>();

  YearStaff(YearScene scene, YearPatient patient) {
    this.scene = scene;
    this.patient = patient;
  }

  /** Looks at the worklist: what is left out of it comes back, and is looked at then. */
  void look() {
    for (WorkItem item : scene.journey.open()) {
      Instant back = item.standing().snooze() == null ? null : item.standing().snooze().until();
      if (back != null && back.isAfter(scene.now())) {
        if (looks.add(back)) {
          scene.plan(Duration.between(scene.now(), back).plusMinutes(1), () -> {});
        }
      } else if (seen.add(item.id())) {
        scene.plan(toWorkingTime(), () -> attend(item.id()));
      }
    }
  }

  private void attend(UUID id) {
    WorkItem item = scene.open(id);
    if (item == null || item.standing().at(scene.now()).snooze() != null) {
      seen.remove(id);
      return;
    }
    if (item.element().startsWith("ContactAt") && scene.chance(FORGETS)) {
      scene.count("contact: forgotten for 8 days");
      scene.forgotten.add(id);
      scene.plan(Duration.ofDays(8), () -> work(id));
    } else {
      work(id);
    }
  }

  private void work(UUID id) {
    WorkItem item = scene.open(id);
    if (item == null) {
      return;
    }
    for (Map<String, Object> answers : possible(item)) {
      try {
        scene.journey.answer(new Answer(item.element(), answers, true, List.of()));
        if (item.element().startsWith("ContactAt")) {
          scene.count(YearFigures.CALLED);
        } else if (item.element().matches("TryAgain|CallEmergencyContact")) {
          scene.count(YearFigures.AGAIN);
        } else if (item.element().equals("SettleContact")) {
          scene.count("tasks of the coordinator about messages");
        }
        return;
      } catch (AnswersRefused | IllegalArgumentException another) {
        scene.count("answers of staff that did not fit");
      }
    }
    scene.count("tasks left open: " + item.element());
  }

  /** What may fit: a reason is given only once the form asks for one. */
  private List<Map<String, Object>> possible(WorkItem item) {
    List<Map<String, Object>> all = new ArrayList<>();
    if (patient.isReachable()) {
      scene.usual.of(item.element()).forEach(each -> all.add(each.answers()));
    } else {
      UNREACHED.forEach(
          (element, answers) -> {
            if (item.element().startsWith(element)) {
              all.add(answers);
            }
          });
      if (all.isEmpty()) {
        scene.usual.of(item.element()).forEach(each -> all.add(each.answers()));
      }
    }
    if (item.element().matches("ContactAt.*|TryAgain")) {
      Map<String, Object> late = new HashMap<>(all.get(0));
      late.put("late-reason", "late-staff");
      all.add(1, late);
    }
    return all;
  }

  private Duration toWorkingTime() {
    ZonedDateTime now = scene.journey.now();
    ZonedDateTime at = now.plusMinutes(scene.random.nextInt(60));
    while (at.getDayOfWeek().getValue() > 5
        || at.toLocalTime().isBefore(LocalTime.of(8, 0))
        || at.toLocalTime().isAfter(LocalTime.of(17, 55))) {
      at = at.plusMinutes(15);
    }
    return Duration.between(now, at);
  }
}
