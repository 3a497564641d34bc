package org.carepathway.fhirfeed;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code fhir_cursor}: how far each question of each patient has been answered. */
@Repository
class CursorRows {

  private final JdbcTemplate jdbc;

  CursorRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param newest that was seen; null for nothing yet
   * @param whole whether all is read each time
   * @param failures in a row
   */
  record Cursor(String question, Instant newest, boolean whole, int failures, boolean due) {

    static Cursor begin(String question) {
      return new Cursor(question, null, false, 0, true);
    }
  }

  /** By their questions. */
  Map<String, Cursor> of(String feed, String patient) {
    return jdbc
        .query(
            "select question, newest, whole, failures, due_at <= now() from fhir_cursor where feed = ? and patient = ?",
            (row, n) ->
                new Cursor(
                    row.getString(1),
                    row.getTimestamp(2) == null ? null : row.getTimestamp(2).toInstant(),
                    row.getBoolean(3),
                    row.getInt(4),
                    row.getBoolean(5)),
            feed,
            patient)
        .stream()
        .collect(Collectors.toMap(Cursor::question, Function.identity()));
  }

  void answered(String feed, String patient, String question, Instant newest, boolean whole) {
    jdbc.update(
        """
        insert into fhir_cursor (feed, patient, question, newest, whole) values (?, ?, ?, ?, ?)
        on conflict (feed, patient, question) do update set newest = excluded.newest, whole = excluded.whole,
          failures = 0, said = null, due_at = '-infinity'""",
        feed,
        patient,
        question,
        newest == null ? null : Timestamp.from(newest),
        whole);
  }

  /** Others go on; this one is asked again after a pause. */
  void failed(String feed, String patient, String question, Duration pause, String said) {
    jdbc.update(
        """
        insert into fhir_cursor (feed, patient, question, failures, due_at, said)
        values (?, ?, ?, 1, now() + ? * interval '1 millisecond', ?)
        on conflict (feed, patient, question) do update set failures = fhir_cursor.failures + 1,
          due_at = excluded.due_at, said = excluded.said""",
        feed,
        patient,
        question,
        pause.toMillis(),
        said);
  }

  /** All is to be read again: the EHR has them under another id now. */
  void begin(String feed, String patient) {
    jdbc.update("delete from fhir_cursor where feed = ? and patient = ?", feed, patient);
  }
}
