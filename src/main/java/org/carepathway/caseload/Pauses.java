package org.carepathway.caseload;

import java.util.Optional;
import java.util.UUID;
import org.carepathway.caseload.Case.Pause;
import org.carepathway.engine.Waiting;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** When pathways go on by themselves. */
@Repository
public class Pauses {

  private final JdbcClient jdbc;

  Pauses(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The next time; empty where a pathway waits for none. */
  public Optional<Pause> next(UUID pathwayId) {
    return jdbc.sql(Waiting.next("?"))
        .param(pathwayId)
        .query(
            (row, number) ->
                new Pause(
                    row.getTimestamp("until").toInstant(),
                    row.getString("process"),
                    row.getString("element")))
        .optional();
  }
}
