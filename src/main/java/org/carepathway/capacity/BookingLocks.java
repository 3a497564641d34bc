package org.carepathway.capacity;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who books waits for others who book the same: advisory locks, each held until its transaction
 * ends.
 */
@Repository
class BookingLocks {

  /** Of the advisory locks of bookings. */
  private static final int GUARD = 0x63617061;

  private final JdbcClient jdbc;

  BookingLocks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Waits for all who book, and lets nobody book until the transaction ends. Who frees one time may
   * take another one later in the same transaction: two of them would wait for each other.
   */
  void lockAll() {
    jdbc.sql("select 1 from pg_advisory_xact_lock(:guard, 0)")
        .param("guard", GUARD)
        .query(Integer.class)
        .single();
  }

  /**
   * Waits for others who free and take one of these actors, until they have committed.
   *
   * @param actors each once, in the order of their ids, which are not 0
   */
  void lock(Collection<Long> actors) {
    if (actors.isEmpty()) {
      jdbc.sql("select 1 from pg_advisory_xact_lock_shared(:guard, 0)")
          .param("guard", GUARD)
          .query(Integer.class)
          .single();
    } else {
      // No row is there before the first lock is held; of a list without an order by: one after
      // the other, as it is written.
      jdbc.sql(
              """
              with everybody as materialized (select pg_advisory_xact_lock_shared(:guard, 0))
              select count(pg_advisory_xact_lock(:guard, actor))
              from everybody, unnest(array[:actors]::int[]) actor\
              """)
          .param("guard", GUARD)
          .param("actors", actors.stream().map(Long::intValue).toList())
          .query(Integer.class)
          .single();
    }
  }
}
