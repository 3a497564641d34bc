package org.carepathway.capacity;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code capacity_freed}: booked time of rooms that was given back. */
@Repository
public class FreedTimes {

  private final JdbcClient jdbc;

  FreedTimes(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that may be offered still, the first one freed first. */
  public List<UUID> open() {
    return jdbc.sql("select id from capacity_freed where not done order by freed_at, id")
        .query(UUID.class)
        .list();
  }

  /** Keeps others from offering the same until the transaction ends; empty when it is done. */
  public Optional<Period> lock(UUID id) {
    return jdbc.sql(
            """
            select lower(during), upper(during) from capacity_freed
            where id = :id and not done for update\
            """)
        .param("id", id)
        .query(
            (row, number) ->
                new Period(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
        .optional();
  }

  /** It is offered to nobody any more. */
  public void done(UUID id) {
    jdbc.sql("update capacity_freed set done = true where id = :id").param("id", id).update();
  }

  /** What is long over is forgotten. */
  public void forget(Instant before) {
    jdbc.sql("delete from capacity_freed where upper(during) < :before")
        .param("before", Timestamp.from(before))
        .update();
  }
}
