package org.carepathway.inbox;

import java.sql.Timestamp;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The newest that was taken over of each thing: what is older never overwrites it. */
@Component
public class Newest {

  private final JdbcTemplate jdbc;

  Newest(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Asked before something is overwritten, in the transaction that does it. Of two that were said
   * at the same time the one that came later is newer.
   *
   * @param subject what the message speaks of, such as {@code Patient/12}
   * @return whether nothing newer was taken over; it then counts as the newest
   */
  public boolean isNewest(String subject, InboxMessage message) {
    return jdbc.update(
            """
            insert into inbox_newest (subject, said_at, message) values (?, ?, ?)
            on conflict (subject) do update set said_at = excluded.said_at, message = excluded.message
              where (inbox_newest.said_at, inbox_newest.message) <= (excluded.said_at, excluded.message)""",
            subject,
            Timestamp.from(message.saidAt()),
            message.number())
        > 0;
  }
}
