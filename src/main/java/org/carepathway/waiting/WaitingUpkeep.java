package org.carepathway.waiting;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.record.RecordWritten;
import org.carepathway.waiting.WaitingClock.State;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Reckons the clocks that lists show: of a patient for whom a step has written something within
 * half a minute, of all each midnight and at the start. A step only notes that something has
 * happened, in its own transaction, so that none is forgotten.
 */
@Component
public class WaitingUpkeep implements Watch {

  private static final int BATCH = 200;

  private final WaitingRows rows;
  private final WaitingClocks clocks;
  private final Pathways pathways;
  private final OneByOne oneByOne;
  private final Clock clock;

  WaitingUpkeep(
      WaitingRows rows, WaitingClocks clocks, Pathways pathways, OneByOne oneByOne, Clock clock) {
    this.rows = rows;
    this.clocks = clocks;
    this.pathways = pathways;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  @EventListener
  void on(RecordWritten written) {
    rows.look(written.header().pathwayId(), clock.instant());
  }

  /** Content, settings or the calendar may have changed. */
  @EventListener(ApplicationReadyEvent.class)
  void atTheStart() {
    rows.lookAtAll(clock.instant());
  }

  @Override
  public void look() {
    oneByOne.run("reckon the wait of", rows.due(clock.instant(), BATCH), this::reckon);
  }

  private boolean reckon(UUID id) {
    Timestamp seen = rows.lookAt(id);
    return pathways
        .view(id)
        .map(
            open -> {
              WaitingClock reckoned = clocks.of(open).orElse(null);
              rows.keep(id, reckoned, seen, grows(open, reckoned) ? midnight() : null);
              return true;
            })
        .orElse(false);
  }

  /** One that has stopped is reckoned again when something is written, not each midnight. */
  private static boolean grows(OpenPathway open, WaitingClock clock) {
    return open.pathway().isActive() && (clock == null || clock.state() != State.STOPPED);
  }

  private Instant midnight() {
    return LocalDate.now(clock).plusDays(1).atStartOfDay(clock.getZone()).toInstant();
  }
}
