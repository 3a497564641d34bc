package org.carepathway.fhirfeed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.carepathway.fhirfeed.LinkRows.Link;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code fhir_difference}, and when each patient was compared. */
@Repository
class DifferenceRows {

  private static final int MOST = 200;

  private static final String OPEN =
      """
      select d.* from fhir_difference d where d.feed = ? and d.left_by is null
        and exists (select from pathway p where p.patient_id = d.patient and p.status = 'active')\s""";

  private final JdbcTemplate jdbc;

  DifferenceRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Patients on a pathway whom the EHR knows, the longest not compared first.
   *
   * @param age none that was compared since, such as {@code 1 day}
   */
  List<Link> due(String feed, String age, int limit) {
    return jdbc.query(
        """
        select f.patient, f.ehr_id, f.lane from fhir_patient f
        where f.feed = ? and f.ehr_id is not null
          and (f.compared_at is null or f.compared_at <= now() - ?::interval)
          and exists (select from pathway p where p.patient_id = f.patient and p.status = 'active')
        order by f.compared_at nulls first, f.patient limit ?""",
        (row, n) -> new Link(row.getString(1), row.getString(2), row.getString(3)),
        feed,
        age,
        limit);
  }

  /** All that was found of a patient now; what was left as it is stays so while it is the same. */
  @Transactional
  public void compared(String feed, String patient, List<Difference> found) {
    jdbc.update(
        "delete from fhir_difference where feed = ? and patient = ? and not theirs = any(?)",
        feed,
        patient,
        found.stream().map(Difference::theirs).toArray(String[]::new));
    found.forEach(this::save);
    jdbc.update(
        "update fhir_patient set compared_at = now() where feed = ? and patient = ?",
        feed,
        patient);
  }

  private void save(Difference found) {
    jdbc.update(
        """
        insert into fhir_difference (feed, patient, theirs, kind, said) values (?, ?, ?, ?, ?)
        on conflict (feed, patient, theirs) do update set kind = excluded.kind, said = excluded.said,
          left_by = case when fhir_difference.kind = excluded.kind and fhir_difference.said = excluded.said
            then fhir_difference.left_by end""",
        found.feed(),
        found.patient(),
        found.theirs(),
        found.kind(),
        found.said());
  }

  /** Those of patients on a pathway that nobody has left as they are, the newest first. */
  List<Difference> found(String feed) {
    return jdbc.query(OPEN + "order by d.id desc limit ?", DifferenceRows::difference, feed, MOST);
  }

  Optional<Difference> find(String feed, long number) {
    return jdbc.query(OPEN + "and d.id = ?", DifferenceRows::difference, feed, number).stream()
        .findFirst();
  }

  void settled(Difference difference) {
    jdbc.update("delete from fhir_difference where id = ?", difference.number());
  }

  void leave(Difference difference, String who) {
    jdbc.update("update fhir_difference set left_by = ? where id = ?", who, difference.number());
  }

  private static Difference difference(ResultSet row, int n) throws SQLException {
    return new Difference(
        row.getLong("id"),
        row.getString("feed"),
        row.getString("patient"),
        row.getString("theirs"),
        row.getString("kind"),
        row.getString("said"));
  }
}
