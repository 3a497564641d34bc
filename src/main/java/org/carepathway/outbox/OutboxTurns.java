package org.carepathway.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Whose turn it is at a site: nothing of the same patient came before and is still to be sent. */
@Repository
class OutboxTurns {

  private static final String FIRST =
      """
      select e.id from outbox_entry e
      where e.site = ? and e.state = 'new' and e.due_at <= now() and e.id <> all(?)
        and not exists (select from outbox_entry b
          where b.site = e.site and b.patient = e.patient and b.state = 'new' and b.id < e.id)
        and not exists (select from outbox_pause p where p.site = e.site)
      order by e.id limit 1""";

  private final JdbcTemplate jdbc;

  OutboxTurns(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The next entry whose turn it is and that nobody sends, locked for this transaction. */
  Optional<Entry> next(String site) {
    List<Long> taken = new ArrayList<>();
    while (true) {
      List<Long> first = jdbc.queryForList(FIRST, Long.class, site, taken.toArray(Long[]::new));
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Optional<Entry> entry = lock(first.get(0));
      if (entry.isPresent()) {
        return entry;
      }
      taken.add(first.get(0));
    }
  }

  private Optional<Entry> lock(long number) {
    return jdbc
        .query(
            OutboxRows.COLUMNS
                + "where id = ? and state = 'new' and due_at <= now() for update skip locked",
            OutboxRows::entry,
            number)
        .stream()
        .findFirst();
  }

  /** Counts an attempt before it is made; nobody else makes one before the lease is over. */
  void claim(long number, Duration lease) {
    jdbc.update(
        """
        update outbox_entry set attempts = attempts + 1, due_at = now() + ? * interval '1 millisecond'
        where id = ?""",
        lease.toMillis(),
        number);
  }

  /** Whether the attempt is still the last one that was begun; it then lasts longer. */
  boolean renew(Entry entry, Duration lease) {
    return jdbc.update(
            """
            update outbox_entry set due_at = now() + ? * interval '1 millisecond'
            where id = ? and state = 'new' and attempts = ?""",
            lease.toMillis(),
            entry.number(),
            entry.attempts() + 1)
        > 0;
  }
}
