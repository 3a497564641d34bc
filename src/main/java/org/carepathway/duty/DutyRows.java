package org.carepathway.duty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.security.ListedPatients;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code duty}. */
@Repository
class DutyRows {

  private static final String OPEN =
      """
      select id, kind, about, role, patient, pathway, detail, due_at from duty
      where settled_at is null\
      """;

  private final JdbcClient jdbc;

  DutyRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Nothing where one of the same kind is open about the same. */
  void add(Duty duty, Instant now) {
    jdbc.sql(
            """
            insert into duty (id, kind, about, role, patient, pathway, detail, added_at, due_at)
            values (:id, :kind, :about, :role, :patient, :pathway, :detail, :now, :due)
            on conflict (kind, about) where settled_at is null do nothing\
            """)
        .param("id", duty.id())
        .param("kind", duty.kind().code())
        .param("about", duty.about())
        .param("role", duty.role())
        .param("patient", duty.patient(), Types.VARCHAR)
        .param("pathway", duty.pathwayId(), Types.OTHER)
        .param("detail", duty.detail())
        .param("now", Timestamp.from(now))
        .param("due", Timestamp.from(duty.due()))
        .update();
  }

  /** Whether there was ever one, done or not. */
  boolean isKnown(DutyKind kind, String about) {
    return jdbc.sql("select exists (select 1 from duty where kind = :kind and about = :about)")
        .param("kind", kind.code())
        .param("about", about)
        .query(Boolean.class)
        .single();
  }

  void settle(DutyKind kind, String about, String by, Instant now) {
    jdbc.sql(
            """
            update duty set settled_at = :now, settled_by = :by
            where kind = :kind and about = :about and settled_at is null\
            """)
        .param("now", Timestamp.from(now))
        .param("by", by)
        .param("kind", kind.code())
        .param("about", about)
        .update();
  }

  List<Duty> open(DutyKind kind) {
    return jdbc.sql(OPEN + " and kind = :kind order by about")
        .param("kind", kind.code())
        .query(DutyRows::map)
        .list();
  }

  /** Those of some roles about patients who are seen, or about none; the first due first. */
  List<Duty> open(Collection<String> roles, ListedPatients seen) {
    return jdbc.sql(OPEN + isFor(seen) + " order by due_at, id limit 500")
        .params(arguments(roles, seen))
        .query(DutyRows::map)
        .list();
  }

  int count(Collection<String> roles, ListedPatients seen) {
    return jdbc.sql("select count(*) from duty where settled_at is null" + isFor(seen))
        .params(arguments(roles, seen))
        .query(Integer.class)
        .single();
  }

  int late(Collection<String> roles, ListedPatients seen, Instant now) {
    List<Object> arguments = arguments(roles, seen);
    arguments.add(Timestamp.from(now));
    return jdbc.sql(
            "select count(*) from duty where settled_at is null" + isFor(seen) + " and due_at < ?")
        .params(arguments)
        .query(Integer.class)
        .single();
  }

  private static String isFor(ListedPatients seen) {
    return " and role = any (?) and (patient is null or %s)".formatted(seen.condition("patient"));
  }

  private static List<Object> arguments(Collection<String> roles, ListedPatients seen) {
    List<Object> all = new ArrayList<>();
    all.add(roles.toArray(String[]::new));
    all.addAll(seen.values());
    return all;
  }

  Optional<Duty> find(UUID id) {
    return jdbc.sql(OPEN + " and id = :id").param("id", id).query(DutyRows::map).optional();
  }

  private static Duty map(ResultSet row, int number) throws SQLException {
    return new Duty(
        row.getObject("id", UUID.class),
        DutyKind.ofCode(row.getString("kind")),
        row.getString("about"),
        row.getString("role"),
        row.getString("patient"),
        row.getObject("pathway", UUID.class),
        row.getString("detail"),
        row.getTimestamp("due_at").toInstant());
  }
}
