package org.carepathway.booking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code booking_wait} and {@code booking_offer}. */
@Repository
class WaitRows {

  private static final int NEWEST = 50;

  private final JdbcClient jdbc;

  WaitRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void add(UUID pathwayId, Instant since, String by) {
    jdbc.sql(
            """
            insert into booking_wait (pathway_id, since, added_by) values (:id, :since, :by)
            on conflict (pathway_id) do nothing\
            """)
        .param("id", pathwayId)
        .param("since", Timestamp.from(since))
        .param("by", by)
        .update();
  }

  void remove(UUID pathwayId) {
    jdbc.sql("delete from booking_wait where pathway_id = :id").param("id", pathwayId).update();
  }

  /** Who wants an earlier time, and since when. */
  Map<UUID, Instant> earlier() {
    return jdbc
        .sql("select pathway_id, since from booking_wait")
        .query(
            (row, number) ->
                Map.entry(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void offer(Offered offer) {
    jdbc.sql(
            """
            insert into booking_offer
              (id, freed, pathway_id, start_at, offered_at, answer_by, against)
            values (:id, :freed, :pathway, :start, :at, :by, :against)\
            """)
        .param("id", offer.id())
        .param("freed", offer.freed(), Types.OTHER)
        .param("pathway", offer.pathwayId())
        .param("start", Timestamp.from(offer.start()))
        .param("at", Timestamp.from(offer.offeredAt()))
        .param("by", Timestamp.from(offer.answerBy()))
        .param("against", String.join(" ", offer.against()))
        .update();
  }

  /** Those whose time to answer is over are expired. */
  void expire(Instant now) {
    jdbc.sql(
            """
            update booking_offer set answer = 'expired', answered_at = answer_by
            where answer is null and answer_by <= :now\
            """)
        .param("now", Timestamp.from(now))
        .update();
  }

  /**
   * @return whether it could be answered still
   */
  boolean answer(UUID id, String answer, Instant at, String by) {
    return jdbc.sql(
                """
                update booking_offer set answer = :answer, answered_at = :at, answered_by = :by
                where id = :id and answer is null and answer_by > :at\
                """)
            .param("answer", answer)
            .param("at", Timestamp.from(at))
            .param("by", by)
            .param("id", id)
            .update()
        > 0;
  }

  Optional<Offered> find(UUID id) {
    return jdbc.sql("select * from booking_offer where id = :id")
        .param("id", id)
        .query(WaitRows::map)
        .optional();
  }

  /** All offers of a freed time. */
  List<Offered> of(UUID freed) {
    return jdbc.sql("select * from booking_offer where freed = :freed order by offered_at")
        .param("freed", freed)
        .query(WaitRows::map)
        .list();
  }

  /** Who is asked now: nobody is offered two times at once. */
  List<UUID> asked() {
    return jdbc.sql("select pathway_id from booking_offer where answer is null")
        .query(UUID.class)
        .list();
  }

  /** Those that can be answered first, then the newest. */
  List<Offered> newest() {
    return jdbc.sql(
            "select * from booking_offer order by answer is not null, offered_at desc limit :most")
        .param("most", NEWEST)
        .query(WaitRows::map)
        .list();
  }

  private static Offered map(ResultSet row, int number) throws SQLException {
    Timestamp answered = row.getTimestamp("answered_at");
    return new Offered(
        row.getObject("id", UUID.class),
        row.getObject("freed", UUID.class),
        row.getObject("pathway_id", UUID.class),
        row.getTimestamp("start_at").toInstant(),
        row.getTimestamp("offered_at").toInstant(),
        row.getTimestamp("answer_by").toInstant(),
        row.getString("against").lines().flatMap(line -> Stream.of(line.split(" "))).toList(),
        row.getString("answer"),
        answered == null ? null : answered.toInstant(),
        row.getString("answered_by"));
  }
}
