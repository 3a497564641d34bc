package org.carepathway.rehearsal;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;

/** Where a journey was, to come back to: database, FHIR record, clock and the flows taken. */
final class Bookmark {

  private final Rehearsal stage;
  private final LongTransaction transaction;
  private final Savepoint rows;
  private final Instant time;
  private final Runnable record;
  private final Runnable flows;
  private final Runnable journey;

  private Bookmark(ScenarioRun run, LongTransaction transaction) throws SQLException {
    this.stage = run.stage();
    this.transaction = transaction;
    this.rows = transaction.mark();
    this.time = stage.clock.instant();
    this.record = stage.store.bookmark();
    this.flows = stage.flows.bookmark();
    this.journey = run.journey().bookmark();
  }

  static Bookmark at(ScenarioRun run, LongTransaction transaction) {
    try {
      return new Bookmark(run, transaction);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void back() {
    try {
      transaction.backTo(rows);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    record.run();
    flows.run();
    journey.run();
    stage.clock.begin(time);
  }
}
