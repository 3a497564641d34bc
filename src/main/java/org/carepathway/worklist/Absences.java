package org.carepathway.worklist;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code absence}: who stands in for whom. */
@Repository
class Absences {

  private final JdbcClient jdbc;

  Absences(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(Absence absence, String by) {
    jdbc.sql(
            """
            insert into absence (id, absent, absent_name, substitute, substitute_name, begins_at,
                                 ends_at, note, created_by)
            values (:id, :absent, :absentName, :substitute, :substituteName, :begin, :end, :note,
                    :by)\
            """)
        .param("id", absence.id())
        .param("absent", absence.absent())
        .param("absentName", absence.absentName())
        .param("substitute", absence.substitute())
        .param("substituteName", absence.substituteName())
        .param("begin", Timestamp.from(absence.begin()))
        .param("end", Timestamp.from(absence.end()))
        .param("note", absence.note())
        .param("by", by)
        .update();
  }

  /** Sign-in names of those whom somebody stands in for now. */
  Set<String> absentNow(String substitute, Instant now) {
    return Set.copyOf(
        jdbc.sql(
                """
                select distinct absent from absence
                where substitute = :substitute and ends_at > :now and begins_at <= :now\
                """)
            .param("substitute", substitute)
            .param("now", Timestamp.from(now))
            .query(String.class)
            .list());
  }

  /** Those that are not over, the next to begin first. */
  List<Absence> notOver(Instant now) {
    return jdbc.sql("select * from absence where ends_at > :now order by begins_at, id")
        .param("now", Timestamp.from(now))
        .query(
            (row, number) ->
                new Absence(
                    row.getObject("id", UUID.class),
                    row.getString("absent"),
                    row.getString("absent_name"),
                    row.getString("substitute"),
                    row.getString("substitute_name"),
                    WorkItemRow.instant(row, "begins_at"),
                    WorkItemRow.instant(row, "ends_at"),
                    row.getString("note")))
        .list();
  }

  /** Ends one now; one that has not begun is taken back. */
  void end(UUID id, Instant now) {
    jdbc.sql("delete from absence where id = :id and begins_at >= :now")
        .param("id", id)
        .param("now", Timestamp.from(now))
        .update();
    jdbc.sql("update absence set ends_at = :now where id = :id and ends_at > :now")
        .param("id", id)
        .param("now", Timestamp.from(now))
        .update();
  }
}
