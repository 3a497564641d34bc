package org.carepathway.calendar;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code site_closure}. */
@Repository
public class Closures {

  private static final int LONGEST_REASON = 200;

  private final JdbcClient jdbc;

  Closures(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws UnprocessableEntityException (422) when it ends before it begins, or has no reason
   */
  public Closure add(LocalDate first, LocalDate last, String reason, String by) {
    String why = reason == null ? "" : reason.strip();
    if (last.isBefore(first)) {
      throw new UnprocessableEntityException(
          "A closure ends on its first day or later: %s to %s.".formatted(first, last));
    }
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      throw new UnprocessableEntityException(
          "A closure needs a reason of at most %d characters.".formatted(LONGEST_REASON));
    }
    Closure closure = new Closure(UUID.randomUUID(), first, last, why, by);
    jdbc.sql(
            """
            insert into site_closure (id, first_day, last_day, reason, entered_by)
            values (:id, :first, :last, :reason, :by)\
            """)
        .param("id", closure.id())
        .param("first", first)
        .param("last", last)
        .param("reason", why)
        .param("by", by)
        .update();
    return closure;
  }

  /** Takes one back; empty when it is gone already. */
  public Optional<Closure> remove(UUID id) {
    return jdbc.sql("delete from site_closure where id = :id returning *")
        .param("id", id)
        .query(Closures::closure)
        .optional();
  }

  /** Those that are not over on a day, the first one first. */
  public List<Closure> notOver(LocalDate day) {
    return jdbc.sql("select * from site_closure where last_day >= :day order by first_day, id")
        .param("day", day)
        .query(Closures::closure)
        .list();
  }

  private static Closure closure(ResultSet row, int number) throws SQLException {
    return new Closure(
        row.getObject("id", UUID.class),
        row.getObject("first_day", LocalDate.class),
        row.getObject("last_day", LocalDate.class),
        row.getString("reason"),
        row.getString("entered_by"));
  }
}
