package org.carepathway.outreach;

import static java.sql.Types.OTHER;
import static java.sql.Types.VARCHAR;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.outreach.Message.Purpose;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code outreach_message}. */
@Repository
class MessageRows {

  private static final String SELECT =
      """
      select id, purpose, pathway, patient, element, about, rung, channel, address, language, due_at,
             state, attempts, gateway_id, said
      from outreach_message\s""";

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final JdbcClient jdbc;

  MessageRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @return false where there is this one already
   */
  boolean add(Message message) {
    return jdbc.sql(
                """
                insert into outreach_message (id, purpose, pathway, patient, element, about, rung, channel,
                                              address, language, due_at, state)
                values (:id, :purpose, :pathway, :patient, :element, :about, :rung, :channel,
                        :address, :language, :due, 'waiting')
                on conflict do nothing""")
            .param("id", message.id())
            .param("purpose", message.purpose().code())
            .param("pathway", message.pathwayId())
            .param("patient", message.patientId(), VARCHAR)
            .param("element", message.element())
            .param("about", message.about())
            .param("rung", message.rung())
            .param("channel", message.channel().code())
            .param("address", message.address())
            .param("language", message.language().toLanguageTag())
            .param("due", Timestamp.from(message.due()))
            .update()
        == 1;
  }

  /**
   * Claims the message that has been due for longest; its attempt counts from now on, whatever
   * happens to this process.
   */
  Optional<Message> claim(Instant now) {
    return jdbc.sql(
            """
            update outreach_message
            set state = 'claimed', attempts = attempts + 1, claimed_at = now()
            where id = (select id from outreach_message where state = 'waiting' and due_at <= :now
                        order by due_at, id limit 1 for update skip locked)
            returning id""")
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .optional()
        .flatMap(this::find);
  }

  /** Messages that a process claimed and never ended: it has died meanwhile. */
  List<UUID> left(Duration longest) {
    return jdbc.sql(
            """
            select id from outreach_message
            where state = 'claimed' and claimed_at < now() - make_interval(secs => :seconds)""")
        .param("seconds", longest.toSeconds())
        .query(UUID.class)
        .list();
  }

  Optional<Message> find(UUID id) {
    return jdbc.sql(SELECT + "where id = :id").param("id", id).query(MessageRows::map).optional();
  }

  /**
   * By the id of the gateway, or by ours: a gateway that is quick tells before its own id is kept.
   * Empty also where a gateway has given one id to several, since nobody can say which it means.
   */
  Optional<Message> findByGateway(Channel channel, String gatewayId) {
    List<Message> found =
        jdbc.sql(SELECT + "where channel = :channel and (gateway_id = :gateway or id = :own)")
            .param("channel", channel.code())
            .param("gateway", gatewayId)
            .param("own", own(gatewayId), OTHER)
            .query(MessageRows::map)
            .list();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  private static UUID own(String id) {
    return UUIDS.matcher(id).matches() ? UUID.fromString(id) : null;
  }

  /** Locks it until the transaction ends. */
  Optional<Message> lock(UUID id) {
    return jdbc.sql(SELECT + "where id = :id for update")
        .param("id", id)
        .query(MessageRows::map)
        .optional();
  }

  /** All about the same thing, in the order of their rungs. */
  List<Message> about(String about) {
    return jdbc.sql(SELECT + "where about = :about order by rung, due_at")
        .param("about", about)
        .query(MessageRows::map)
        .list();
  }

  List<Message> ofPathway(UUID pathway) {
    return jdbc.sql(SELECT + "where pathway = :pathway order by due_at")
        .param("pathway", pathway)
        .query(MessageRows::map)
        .list();
  }

  void end(UUID id, MessageState state, String gatewayId, String said, Instant at) {
    jdbc.sql(
            """
            update outreach_message
            set state = :state, gateway_id = coalesce(:gateway, gateway_id), said = :said, ended_at = :at
            where id = :id""")
        .param("id", id)
        .param("state", state.code())
        .param("gateway", gatewayId, VARCHAR)
        .param("said", said, VARCHAR)
        .param("at", Timestamp.from(at))
        .update();
  }

  void again(UUID id, Instant due, String said) {
    jdbc.sql(
            """
            update outreach_message set state = 'waiting', due_at = :due, said = :said where id = :id""")
        .param("id", id)
        .param("due", Timestamp.from(due))
        .param("said", said, VARCHAR)
        .update();
  }

  /** What waits about a thing, or on a pathway, does not leave any more. */
  int stop(String about, String why, Instant at) {
    return stopWhere("about = :key", about, why, at);
  }

  int stopPathway(UUID pathway, String why, Instant at) {
    return stopWhere("purpose <> 'alarm' and pathway = :key", pathway, why, at);
  }

  private int stopWhere(String which, Object key, String why, Instant at) {
    return jdbc.sql(
            """
            update outreach_message set state = 'stopped', said = :why, ended_at = :at
            where state = 'waiting' and %s"""
                .formatted(which))
        .param("key", key)
        .param("why", why)
        .param("at", Timestamp.from(at))
        .update();
  }

  private static Message map(ResultSet row, int number) throws SQLException {
    return new Message(
        row.getObject("id", UUID.class),
        Purpose.ofCode(row.getString("purpose")),
        row.getObject("pathway", UUID.class),
        row.getString("patient"),
        row.getString("element"),
        row.getString("about"),
        row.getInt("rung"),
        Channel.ofCode(row.getString("channel")).orElseThrow(),
        row.getString("address"),
        Locale.forLanguageTag(row.getString("language")),
        row.getTimestamp("due_at").toInstant(),
        MessageState.ofCode(row.getString("state")),
        row.getInt("attempts"),
        row.getString("gateway_id"),
        row.getString("said"));
  }
}
