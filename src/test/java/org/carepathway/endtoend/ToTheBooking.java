package org.carepathway.endtoend;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.carepathway.capacity.Actor;
import org.carepathway.capacity.Capacity;
import org.carepathway.clock.ServiceClock;
import org.carepathway.scenario.HappyPath;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;

/** Brings a patient to the booking of the procedure, at a site with a room, people and a bay. */
public final class ToTheBooking {

  private ToTheBooking() {}

  public static void play(ScenarioPlayer player, ServiceClock clock, UUID pathway)
      throws Exception {
    for (Scenario.Step step : HappyPath.scenario().steps()) {
      if (step instanceof Wait wait) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        clock.advance(Duration.between(now, now.plus(wait.time())));
      } else if (step instanceof Answer answer) {
        if (answer.task().equals("BookProcedure")) {
          return;
        }
        player.play(pathway, answer);
      }
    }
  }

  /** One of each kind, on weekdays from 8 to 20. */
  public static Stream<Actor> setUp(Capacity capacity, LocalDate first) {
    return Map.of(
            "room", "Angio 7",
            "operator", "Dr Sample",
            "sedation-nurse", "N. Sample",
            "recovery-bay", "Bay 7")
        .entrySet()
        .stream()
        .map(
            each -> {
              Actor actor = capacity.setUp(each.getKey(), each.getValue());
              for (int day = 1; day <= 5; day++) {
                capacity.addSession(
                    actor.id(),
                    DayOfWeek.of(day),
                    LocalTime.of(8, 0),
                    LocalTime.of(20, 0),
                    first,
                    null);
              }
              return actor;
            });
  }
}
