package org.carepathway.capacity;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
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
    Predicate<LocalDate> closed =
        time.from(period.from().atZone(clock.getZone()).toLocalDate()).closed();
    Map<LocalDate, Boolean> known = new HashMap<>();
    return new Agenda(
        clock.getZone(),
        day -> known.computeIfAbsent(day, closed::test),
        sessions.all(),
        sessions.exceptions(period));
  }
}
