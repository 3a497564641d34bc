package org.carepathway.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What was sent and is compared with what a site has. */
@Repository
public class DriftRows {

  private static final String ROWS =
      """
      select e.id, w.site, e.patient, e.pathway, e.pathway_key, e.kind, w.subject, w.content, w.native_id, w.native_body, w.drift
      from outbox_written w join outbox_entry e on e.id = w.entry\s""";

  private final JdbcTemplate jdbc;

  DriftRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A resource that a site should have.
   *
   * @param nativeId {@code Type/id} there
   * @param body what was sent as the resource it is
   * @param drift {@code gone} or {@code changed}; null where nothing was found
   */
  public record Kept(long entry, Written written, String nativeId, String body, String drift) {}

  /**
   * Those to compare, the longest not compared first; none that was compared within a day, and none
   * that is being sent.
   */
  public List<Kept> due(String site, int limit) {
    return jdbc.query(
        ROWS
            + """
            where w.site = ? and w.native_id is not null and w.native_body is not null
              and (w.compared_at is null or w.compared_at < now() - interval '1 day')
              and exists (select from pathway p where p.patient_id = e.patient and p.status = 'active')
              and not exists (select from outbox_entry n where n.site = w.site and n.patient = e.patient
                and n.subject = w.subject and n.state = 'new')
            order by w.compared_at nulls first, w.entry limit ?""",
        DriftRows::kept,
        site,
        limit);
  }

  /** Those that the site has otherwise, or not at all. */
  public List<Kept> found(String site) {
    return jdbc.query(
        ROWS + "where w.site = ? and w.drift is not null order by w.entry desc limit 200",
        DriftRows::kept,
        site);
  }

  /**
   * @param drift null for nothing
   */
  public void compared(Kept kept, String drift) {
    jdbc.update(
        "update outbox_written set compared_at = now(), drift = ? where site = ? and subject = ? and entry = ?",
        drift,
        kept.written().site(),
        kept.written().subject(),
        kept.entry());
  }

  /**
   * Forgets what was sent of it, so that the site is looked at when it is sent again.
   *
   * @return whether there was a drift
   */
  @Transactional
  public boolean forget(Kept kept) {
    boolean isGone = "gone".equals(kept.drift());
    return jdbc.update(
            """
            update outbox_written set drift = null, digest = '', compared_at = now(),
              native_id = case when ? then null else native_id end,
              ehr_id = case when ? then null else ehr_id end
            where site = ? and subject = ? and drift is not null""",
            isGone,
            isGone,
            kept.written().site(),
            kept.written().subject())
        > 0;
  }

  private static Kept kept(ResultSet row, int n) throws SQLException {
    return new Kept(
        row.getLong("id"),
        OutboxRows.written(row),
        row.getString("native_id"),
        row.getString("native_body"),
        row.getString("drift"));
  }
}
