package org.carepathway.pathway;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code unheard_request}: active requests for which no pathway waits. */
@Repository
class UnheardRows {

  private final JdbcTemplate jdbc;

  UnheardRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** What nobody has looked at for a quarter of a year is forgotten. */
  void add(String requestId, String patientId) {
    jdbc.update("delete from unheard_request where at < now() - interval '90 days'");
    jdbc.update(
        """
        insert into unheard_request (request_id, patient_id) values (?, ?)
        on conflict (request_id) do nothing""",
        requestId,
        patientId);
  }

  void remove(String requestId) {
    jdbc.update("delete from unheard_request where request_id = ?", requestId);
  }

  /** The newest first. */
  List<Unheard> newest(int limit) {
    return jdbc.query(
        "select request_id, patient_id from unheard_request order by at desc, request_id limit ?",
        (row, n) -> new Unheard(row.getString(1), row.getString(2)),
        limit);
  }

  record Unheard(String requestId, String patientId) {}
}
