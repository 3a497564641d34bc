package org.carepathway.capacity;

import java.time.Clock;
import java.util.List;
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
    List<Session> all = sessions.all();
    return new Agenda(
        clock.getZone(),
        time.from(period.from().atZone(clock.getZone()).toLocalDate()).closed(),
        all,
        sessions.exceptions(period));
  }
}
