package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code absence}: who stands in for whom. */
@Repository
class Absences {

  private final JdbcTemplate jdbc;

  Absences(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(Absence absence, String by) {
    jdbc.update(
        """
        insert into absence (id, absent, absent_name, substitute, substitute_name, begins_at,
                             ends_at, note, created_by)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
        """,
        absence.id(),
        absence.absent(),
        absence.absentName(),
        absence.substitute(),
        absence.substituteName(),
        Timestamp.from(absence.begin()),
        Timestamp.from(absence.end()),
        absence.note(),
        by);
  }

  /** Sign-in names of those whom somebody stands in for now. */
  Set<String> absentNow(String substitute, Instant now) {
    return Set.copyOf(
        jdbc.queryForList(
            """
            select distinct absent from absence
            where substitute = ? and ends_at > ? and begins_at <= ?\
            """,
            String.class,
            substitute,
            Timestamp.from(now),
            Timestamp.from(now)));
  }

  /** Those that are not over, the next to begin first. */
  List<Absence> notOver(Instant now) {
    return jdbc.query(
        "select * from absence where ends_at > ? order by begins_at, id",
        (row, number) ->
            new Absence(
                row.getObject("id", UUID.class),
                row.getString("absent"),
                row.getString("absent_name"),
                row.getString("substitute"),
                row.getString("substitute_name"),
                WorkItemRow.instant(row, "begins_at"),
                WorkItemRow.instant(row, "ends_at"),
                row.getString("note")),
        Timestamp.from(now));
  }

  /** Ends one now; one that has not begun is taken back. */
  void end(UUID id, Instant now) {
    jdbc.update("delete from absence where id = ? and begins_at >= ?", id, Timestamp.from(now));
    jdbc.update(
        "update absence set ends_at = ? where id = ? and ends_at > ?",
        Timestamp.from(now),
        id,
        Timestamp.from(now));
  }
}
