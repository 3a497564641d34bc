package org.carepathway.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opening the record of another team's patient in an emergency: with a reason, for a limited time,
 * listed until an auditor has reviewed it.
 */
@Component
public class BreakGlass {

  private final JdbcTemplate jdbc;
  private final CurrentUser user;
  private final AccessSettings settings;
  private final ApplicationEventPublisher events;

  BreakGlass(
      JdbcTemplate jdbc,
      CurrentUser user,
      AccessSettings settings,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.user = user;
    this.settings = settings;
    this.events = events;
  }

  /** Opens a patient's record to who is signed in. */
  @Transactional
  public Opened open(String patientId, String reason) {
    Instant now = Instant.now();
    Opened opened =
        new Opened(
            UUID.randomUUID(),
            patientId,
            user.agent().name(),
            user.agent().display(),
            reason,
            now,
            now.plus(settings.breakGlass()));
    jdbc.update(
        """
        insert into break_glass (id, patient_id, person, display, reason, opened_at, until)
        values (?, ?, ?, ?, ?, ?, ?)""",
        opened.id(),
        opened.patientId(),
        opened.person(),
        opened.display(),
        opened.reason(),
        Timestamp.from(opened.at()),
        Timestamp.from(opened.until()));
    events.publishEvent(opened);
    return opened;
  }

  /** What no auditor has reviewed yet, the newest first. */
  public List<Opened> unreviewed(int limit) {
    return jdbc.query(
        """
        select id, patient_id, person, display, reason, opened_at, until from break_glass
        where reviewed_at is null order by opened_at desc limit ?""",
        BreakGlass::map,
        limit);
  }

  @Transactional
  public void review(UUID id) {
    jdbc.update(
        """
        update break_glass set reviewed_by = ?, reviewed_at = ?
        where id = ? and reviewed_at is null""",
        user.agent().name(),
        Timestamp.from(Instant.now()),
        id);
  }

  boolean isOpen(String person, String patientId) {
    return jdbc.queryForObject(
        """
        select exists (select 1 from break_glass
                       where person = ? and patient_id = ? and until > ?)""",
        Boolean.class,
        person,
        patientId,
        Timestamp.from(Instant.now()));
  }

  List<String> open(String person) {
    return jdbc.queryForList(
        "select distinct patient_id from break_glass where person = ? and until > ?",
        String.class,
        person,
        Timestamp.from(Instant.now()));
  }

  private static Opened map(ResultSet row, int number) throws SQLException {
    return new Opened(
        row.getObject("id", UUID.class),
        row.getString("patient_id"),
        row.getString("person"),
        row.getString("display"),
        row.getString("reason"),
        row.getTimestamp("opened_at").toInstant(),
        row.getTimestamp("until").toInstant());
  }

  /**
   * A record that was opened; also told as an event, in its transaction.
   *
   * @param person sign-in name of who opened it
   * @param until when it closes again
   */
  public record Opened(
      UUID id,
      String patientId,
      String person,
      String display,
      String reason,
      Instant at,
      Instant until) {}
}
