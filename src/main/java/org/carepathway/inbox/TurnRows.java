package org.carepathway.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Whose turn it is: no message of the same patients came before and is still to be handled. */
@Repository
class TurnRows {

  /**
   * The earliest of each source, found by one step in an index for each: a paused source with many
   * messages that wait costs nothing.
   */
  private static final String FIRST =
      """
      with recursive steps(source) as (
        (select source from inbox_message where state = 'new' order by source limit 1)
        union all
        select (select m.source from inbox_message m where m.state = 'new' and m.source > s.source
          order by m.source limit 1)
        from steps s where s.source is not null)
      select first.id from steps s cross join lateral (
        select m.id from inbox_message m
        where m.source = s.source and m.state = 'new' and m.due_at <= now() and m.format = any(?) and m.id <> all(?)
          and not exists (select from inbox_message e where e.state = 'new' and e.id < m.id
            and e.lane in (m.lane, m.other_lane))
          and not exists (select from inbox_message e where e.state = 'new' and e.id < m.id
            and e.other_lane in (m.lane, m.other_lane))
        order by m.id limit 1) first
      where s.source is not null and not exists (select from inbox_pause p where p.source = s.source)
      order by first.id limit 1""";

  private final JdbcTemplate jdbc;

  TurnRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The next message whose turn it is and that nobody handles, locked for this transaction. */
  Optional<InboxMessage> next(Collection<String> formats) {
    List<Long> taken = new ArrayList<>();
    while (true) {
      Optional<Long> first = first(formats, taken);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Optional<InboxMessage> message = lock(first.get());
      if (message.isPresent()) {
        return message;
      }
      taken.add(first.get());
    }
  }

  private Optional<Long> first(Collection<String> formats, List<Long> taken) {
    return jdbc
        .queryForList(FIRST, Long.class, formats.toArray(String[]::new), taken.toArray(Long[]::new))
        .stream()
        .findFirst();
  }

  private Optional<InboxMessage> lock(long number) {
    return jdbc
        .query(
            InboxRows.COLUMNS
                + "where m.id = ? and m.state = 'new' and m.due_at <= now() for update skip locked",
            InboxRows::message,
            number)
        .stream()
        .findFirst();
  }

  /** Counts an attempt before it is made; nobody else makes one before the pause is over. */
  void claim(long number, Duration pause) {
    jdbc.update(
        """
        update inbox_message set attempts = attempts + 1, due_at = now() + ? * interval '1 millisecond'
        where id = ?""",
        pause.toMillis(),
        number);
  }
}
