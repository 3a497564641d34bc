package org.carepathway.capacity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What some people are booked for, by their names: read as often as somebody watches it. */
@Component
public class BookedPeople {

  private final JdbcClient jdbc;

  BookedPeople(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param actor number of the person
   * @param referral id of the ServiceRequest; null where none is named
   * @param room empty where none is booked
   */
  public record Booked(
      long actor, String name, String appointment, String referral, Period during, String room) {}

  /**
   * A mark of all that is booked in a time, of whoever: as long as it is the same, nothing has
   * changed. It is much cheaper than reading what is booked.
   */
  @Transactional(readOnly = true)
  public String mark(Period during) {
    return jdbc.sql(
            """
            select count(*) || '/' || coalesce(sum(hashtextextended(
              concat_ws('|', actor, appointment, referral, during, name), 0)), 0)
            from capacity_claim join capacity_actor on capacity_actor.id = actor
            where state = 'booked' and during && tstzrange(:from, :to)\
            """)
        .param("from", during.start())
        .param("to", during.end())
        .query(String.class)
        .single();
  }

  /**
   * @param names at least one; spaces and capitals do not matter
   */
  @Transactional(readOnly = true)
  public List<Booked> of(Collection<String> names, Period during) {
    return jdbc.sql(
            """
            select who.id, who.name, mine.appointment, mine.referral, lower(mine.during),
              upper(mine.during), coalesce(max(room.name), '') as room
            from capacity_claim mine join capacity_actor who on who.id = mine.actor
              left join capacity_claim other on other.appointment = mine.appointment
                and other.state = 'booked'
              left join capacity_actor room on room.id = other.actor and room.kind = 'room'
            where mine.state = 'booked' and who.key in (:keys)
              and mine.during && tstzrange(:from, :to)
            group by who.id, mine.appointment, mine.referral, mine.during
            order by lower(mine.during)\
            """)
        .param("keys", names.stream().map(Actor::key).toList())
        .param("from", during.start())
        .param("to", during.end())
        .query(BookedPeople::map)
        .list();
  }

  private static Booked map(ResultSet row, int number) throws SQLException {
    return new Booked(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        new Period(row.getTimestamp(5).toInstant(), row.getTimestamp(6).toInstant()),
        row.getString(7));
  }
}
