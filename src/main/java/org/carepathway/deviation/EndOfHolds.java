package org.carepathway.deviation;

import java.time.Clock;
import java.util.UUID;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.Holds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;

/** Lets the pathways go on whose hold is over, each in a transaction of its own. */
@Component
class EndOfHolds implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(EndOfHolds.class);

  private final Holds holds;
  private final Deviations deviations;
  private final Clock clock;

  EndOfHolds(Holds holds, Deviations deviations, Clock clock) {
    this.holds = holds;
    this.deviations = deviations;
    this.clock = clock;
  }

  @Override
  public void look() {
    for (UUID pathway : holds.over(clock.instant())) {
      try {
        deviations.holdIsOver(pathway);
      } catch (ConcurrencyFailureException busy) {
        LOG.info("pathway {} is being changed; it goes on later", pathway);
      } catch (RuntimeException fault) {
        LOG.error("pathway {} could not go on after its hold", pathway, fault);
      }
    }
  }
}
