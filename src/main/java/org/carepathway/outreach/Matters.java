package org.carepathway.outreach;

import static java.sql.Types.TIMESTAMP;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.outreach.Matter.State;
import org.carepathway.outreach.Message.Purpose;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code outreach_matter}. */
@Repository
public class Matters {

  private static final String SELECT =
      """
      select about, purpose, pathway, patient, element, opened_at, ends_at, rung, next_at, state,
             failures, locked_at
      from outreach_matter\s""";

  private final JdbcClient jdbc;

  Matters(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Opens a matter, or opens it anew: an appointment that was moved away and back to the same time.
   */
  void open(Matter matter) {
    jdbc.sql(
            """
            insert into outreach_matter (about, purpose, pathway, patient, element, opened_at, ends_at, next_at)
            values (:about, :purpose, :pathway, :patient, :element, :opened, :ends, :next)
            on conflict (about) do update
            set opened_at = excluded.opened_at, ends_at = excluded.ends_at, next_at = excluded.next_at,
                rung = 0, failures = 0, locked_at = null, state = 'open'""")
        .param("about", matter.about())
        .param("purpose", matter.purpose().code())
        .param("pathway", matter.pathwayId())
        .param("patient", matter.patientId())
        .param("element", matter.element())
        .param("opened", Timestamp.from(matter.opened()))
        .param("ends", Timestamp.from(matter.ends()))
        .param("next", timestamp(matter.next()), TIMESTAMP)
        .update();
  }

  public Optional<Matter> find(String about) {
    return one("where about = :about", about);
  }

  /** Locks it until the transaction ends; the pathway is locked before. */
  public Optional<Matter> lock(String about) {
    return one("where about = :about for update", about);
  }

  /** Those for which something follows by now, the longest due first. */
  List<String> due(Instant now, int most) {
    return jdbc.sql(
            """
            select about from outreach_matter where state = 'open' and next_at <= :now
            order by next_at, about limit :most""")
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query(String.class)
        .list();
  }

  List<Matter> openOf(UUID pathway) {
    return jdbc.sql(SELECT + "where pathway = :pathway and state = 'open'")
        .param("pathway", pathway)
        .query(Matters::map)
        .list();
  }

  /** What is open about one thing at whatever time, by how its name begins. */
  List<String> openAbout(String prefix) {
    return jdbc.sql(
            "select about from outreach_matter where starts_with(about, :prefix) and state = 'open' order by about")
        .param("prefix", prefix)
        .query(String.class)
        .list();
  }

  /**
   * @param next null where nothing follows
   */
  void moved(String about, int rung, Instant next) {
    jdbc.sql("update outreach_matter set rung = :rung, next_at = :next where about = :about")
        .param("about", about)
        .param("rung", rung)
        .param("next", timestamp(next), TIMESTAMP)
        .update();
  }

  void end(String about, State state) {
    jdbc.sql("update outreach_matter set state = :state, next_at = null where about = :about")
        .param("about", about)
        .param("state", state.code())
        .update();
  }

  /**
   * @param locked null while it is not
   */
  void failed(String about, int failures, Instant locked) {
    jdbc.sql(
            "update outreach_matter set failures = :failures, locked_at = :locked where about = :about")
        .param("about", about)
        .param("failures", failures)
        .param("locked", timestamp(locked), TIMESTAMP)
        .update();
  }

  private Optional<Matter> one(String where, String about) {
    return jdbc.sql(SELECT + where).param("about", about).query(Matters::map).optional();
  }

  private static Timestamp timestamp(Instant time) {
    return time == null ? null : Timestamp.from(time);
  }

  private static Instant instant(Timestamp time) {
    return time == null ? null : time.toInstant();
  }

  private static Matter map(ResultSet row, int number) throws SQLException {
    return new Matter(
        row.getString("about"),
        Purpose.ofCode(row.getString("purpose")),
        row.getObject("pathway", UUID.class),
        row.getString("patient"),
        row.getString("element"),
        row.getTimestamp("opened_at").toInstant(),
        row.getTimestamp("ends_at").toInstant(),
        row.getInt("rung"),
        instant(row.getTimestamp("next_at")),
        State.ofCode(row.getString("state")),
        row.getInt("failures"),
        instant(row.getTimestamp("locked_at")));
  }
}
