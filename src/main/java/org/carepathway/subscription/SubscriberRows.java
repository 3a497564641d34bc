package org.carepathway.subscription;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carepathway.security.Mandate;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables {@code subscription} and {@code subscriber}, as the door reads and writes them. */
@Repository
class SubscriberRows {

  static final String COLUMNS =
      """
      select s.*, o.display, o.roles, o.teams, o.by_token, o.seen_at,
        s.heartbeat is not null
          and coalesce(s.told_at, s.changed_at) + s.heartbeat * interval '1 second' <= now() as silent
      from subscription s join subscriber o on o.name = s.owner\s""";

  private final JdbcTemplate jdbc;
  private final Clock clock;

  SubscriberRows(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Who subscribes, as they are now. */
  void owner(Mandate owner) {
    jdbc.update(
        """
        insert into subscriber (name, display, roles, teams, by_token, seen_at) values (?, ?, ?, ?, ?, ?)
        on conflict (name) do update set display = excluded.display, roles = excluded.roles,
          teams = excluded.teams, by_token = excluded.by_token, seen_at = excluded.seen_at""",
        owner.name(),
        owner.display(),
        owner.roles().toArray(String[]::new),
        owner.teams().toArray(String[]::new),
        owner.byToken(),
        Timestamp.from(clock.instant()));
  }

  /** Where they subscribe; of others nothing is kept. */
  void seen(Mandate owner) {
    jdbc.update(
        "update subscriber set display = ?, roles = ?, teams = ?, by_token = ?, seen_at = ? where name = ?",
        owner.display(),
        owner.roles().toArray(String[]::new),
        owner.teams().toArray(String[]::new),
        owner.byToken(),
        Timestamp.from(clock.instant()),
        owner.name());
  }

  int count(String owner) {
    return jdbc.queryForObject(
        "select count(*) from subscription where owner = ?", Integer.class, owner);
  }

  /**
   * @return false where there is one under this id
   */
  boolean add(String id, Mandate owner, Wanted wanted, SubscriptionStatus status, Written written) {
    return jdbc.update(
            """
            insert into subscription (owner, topic, filters, status, body, headers, scopes, patient, client, base, ends_at,
              heartbeat, timeout, id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing""",
            values(owner, wanted, status, written, id))
        > 0;
  }

  void update(String id, Mandate owner, Wanted wanted, SubscriptionStatus status, Written written) {
    jdbc.update(
        """
        update subscription set owner = ?, topic = ?, filters = ?, status = ?, body = ?, headers = ?, scopes = ?, patient = ?,
          client = ?, base = ?, ends_at = ?, heartbeat = ?, timeout = ?, version = version + 1, attempt = attempt + 1,
          failures = 0, failing_since = null, said = null, due_at = now(), leased_until = now(), changed_at = now()
        where id = ?""",
        values(owner, wanted, status, written, id));
  }

  private static Object[] values(
      Mandate owner, Wanted wanted, SubscriptionStatus status, Written written, String id) {
    Channel channel = wanted.channel();
    return new Object[] {
      owner.name(),
      wanted.topic().code(),
      wanted.filters().toArray(String[]::new),
      status.toCode(),
      written.parts().json(),
      written.parts().headers(),
      owner.scopes(),
      owner.patient(),
      owner.client(),
      written.base(),
      wanted.end() == null ? null : Timestamp.from(wanted.end()),
      channel.heartbeat() == null ? null : channel.heartbeat().toSeconds(),
      channel.timeout().toSeconds(),
      id
    };
  }

  void delete(String id) {
    jdbc.update("delete from subscription where id = ?", id);
  }

  /** One of an owner, locked for the transaction of the caller. */
  Optional<Kept> lock(String id) {
    return jdbc.query(COLUMNS + "where s.id = ? for update of s", SubscriberRows::kept, id).stream()
        .findFirst();
  }

  Optional<Kept> find(String id) {
    return jdbc.query(COLUMNS + "where s.id = ?", SubscriberRows::kept, id).stream().findFirst();
  }

  List<Kept> of(String owner) {
    return jdbc.query(
        COLUMNS + "where s.owner = ? order by s.changed_at desc, s.id",
        SubscriberRows::kept,
        owner);
  }

  /** Those whose headers are kept as they were sent. */
  List<Kept> unsealed() {
    return jdbc.query(
        COLUMNS + "where s.body::json -> 'channel' -> 'header' is not null", SubscriberRows::kept);
  }

  /** Where nobody has changed it meanwhile; for who reads it nothing changes. */
  void seal(Kept kept, KeptBody.Parts parts) {
    jdbc.update(
        "update subscription set body = ?, headers = ? where id = ? and version = ?",
        parts.json(),
        parts.headers(),
        kept.id(),
        kept.version());
  }

  /** Those who may want to know what a topic tells. */
  List<Kept> about(Topic topic) {
    return jdbc.query(
        COLUMNS + "where s.topic = ? and s.status <> 'off' order by s.id",
        SubscriberRows::kept,
        topic.code());
  }

  static Kept kept(ResultSet row, int n) throws SQLException {
    Timestamp end = row.getTimestamp("ends_at");
    return new Kept(
        row.getString("id"),
        new Mandate(
            row.getString("owner"),
            row.getString("display"),
            Set.of((String[]) row.getArray("roles").getArray()),
            Set.of((String[]) row.getArray("teams").getArray()),
            row.getBoolean("by_token"),
            row.getString("scopes"),
            row.getString("patient"),
            row.getString("client")),
        instant(row, "seen_at"),
        row.getInt("version"),
        Topic.ofCode(row.getString("topic")),
        List.of((String[]) row.getArray("filters").getArray()),
        SubscriptionStatus.fromCode(row.getString("status")),
        row.getString("body"),
        row.getString("headers"),
        row.getString("base"),
        end == null ? null : end.toInstant(),
        row.getLong("events"),
        row.getString("said"),
        row.getInt("failures"),
        row.getLong("attempt"),
        row.getBoolean("silent"),
        instant(row, "changed_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /**
   * @param base the address of our FHIR API
   */
  record Written(KeptBody.Parts parts, String base) {}
}
