package org.carepathway.outbox;

import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The table {@code outbox_written}: what each site has of each resource. */
@Repository
public class SentRows {

  private final JdbcTemplate jdbc;

  SentRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  public Optional<Sent> find(String site, String subject) {
    return jdbc
        .query(
            "select rung, ehr_id, native_id, entry, digest, content, native_body from outbox_written where site = ? and subject = ?",
            (row, n) ->
                new Sent(
                    Rung.of(row.getString(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7)),
            site,
            subject)
        .stream()
        .findFirst();
  }

  /**
   * Whether a resource of a site is one that we wrote there.
   *
   * @param ehrId {@code Type/id}
   */
  public boolean isOurs(String site, String ehrId) {
    return jdbc.queryForObject(
        "select exists (select from outbox_written where site = ? and (ehr_id = ? or native_id = ?))",
        Boolean.class,
        site,
        ehrId,
        ehrId);
  }

  /** What was found there before is of what was there before: it is compared anew. */
  void save(String site, String subject, Sent sent) {
    jdbc.update(
        """
        insert into outbox_written (site, subject, rung, ehr_id, native_id, entry, digest, content, native_body)
          values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (site, subject) do update set rung = excluded.rung, ehr_id = excluded.ehr_id,
          native_id = excluded.native_id, entry = excluded.entry, digest = excluded.digest, content = excluded.content,
          native_body = coalesce(excluded.native_body, outbox_written.native_body), at = now(), compared_at = null, drift = null
          where outbox_written.entry <= excluded.entry""",
        site,
        subject,
        sent.rung().code(),
        sent.ehrId(),
        sent.nativeId(),
        sent.entry(),
        sent.digest(),
        sent.content(),
        sent.nativeBody());
  }
}
