package org.carepathway.chart;

import java.util.List;
import java.util.Map;
import org.carepathway.engine.Visits;
import org.carepathway.engine.Visits.Visit;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;

/**
 * Where a patient has been on a pathway.
 *
 * @param all the oldest first
 * @param undone those without the step having been done, and what happened instead
 */
record Stays(List<Visit> all, Map<Visit, String> undone) {

  /** Reads them from the engine's history. */
  @Component
  static class Reader {

    private final Visits visits;
    private final NotDone notDone;

    Reader(Visits visits, NotDone notDone) {
      this.visits = visits;
      this.notDone = notDone;
    }

    Stays of(OpenPathway open) {
      List<Visit> all = visits.of(open.pathway().id());
      return new Stays(all, notDone.of(open, all));
    }
  }
}
