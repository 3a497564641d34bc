package org.carepathway.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opening the record of another team's patient in an emergency: with a reason, for a limited time,
 * listed until an auditor has reviewed it.
 */
@Component
public class BreakGlass {

  private final JdbcClient jdbc;
  private final CurrentUser user;
  private final AccessSettings settings;
  private final ApplicationEventPublisher events;

  BreakGlass(
      JdbcClient jdbc,
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
    jdbc.sql(
            """
            insert into break_glass (id, patient_id, person, display, reason, opened_at, until)
            values (:id, :patientId, :person, :display, :reason, :at, :until)""")
        .param("id", opened.id())
        .param("patientId", opened.patientId())
        .param("person", opened.person())
        .param("display", opened.display())
        .param("reason", opened.reason())
        .param("at", Timestamp.from(opened.at()))
        .param("until", Timestamp.from(opened.until()))
        .update();
    events.publishEvent(opened);
    return opened;
  }

  /** What no auditor has reviewed yet, the newest first. */
  public List<Opened> unreviewed(int limit) {
    return jdbc.sql(
            """
            select id, patient_id, person, display, reason, opened_at, until from break_glass
            where reviewed_at is null order by opened_at desc limit :limit""")
        .param("limit", limit)
        .query(BreakGlass::map)
        .list();
  }

  @Transactional
  public void review(UUID id) {
    jdbc.sql(
            """
            update break_glass set reviewed_by = :by, reviewed_at = :now
            where id = :id and reviewed_at is null""")
        .param("by", user.agent().name())
        .param("now", Timestamp.from(Instant.now()))
        .param("id", id)
        .update();
  }

  boolean isOpen(String person, String patientId) {
    return jdbc.sql(
            """
            select exists (select 1 from break_glass
                           where person = :person and patient_id = :patientId and until > :now)""")
        .param("person", person)
        .param("patientId", patientId)
        .param("now", Timestamp.from(Instant.now()))
        .query(Boolean.class)
        .single();
  }

  List<String> open(String person) {
    return jdbc.sql(
            "select distinct patient_id from break_glass where person = :person and until > :now")
        .param("person", person)
        .param("now", Timestamp.from(Instant.now()))
        .query(String.class)
        .list();
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
