package org.carepathway.capacity;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.carepathway.calendar.WorkingTime;
import org.springframework.stereotype.Component;

/** Reads what is set up. */
@Component
class Agendas {

  private final Sessions sessions;
  private final WorkingTime time;
  private final Clock clock;

  Agendas(Sessions sessions, WorkingTime time, Clock clock) {
    this.sessions = sessions;
    this.time = time;
    this.clock = clock;
  }

  Agenda during(Period period) {
    return during(period, sessions.all());
  }

  /**
   * @param actors whose sessions are asked for
   */
  Agenda during(Period period, Collection<Long> actors) {
    return during(period, sessions.of(actors));
  }

  private Agenda during(Period period, List<Session> known) {
    Predicate<LocalDate> closed =
        time.from(period.from().atZone(clock.getZone()).toLocalDate()).closed();
    Map<LocalDate, Boolean> days = new HashMap<>();
    return new Agenda(
        clock.getZone(),
        day -> days.computeIfAbsent(day, closed::test),
        known,
        sessions.exceptions(period));
  }
}
