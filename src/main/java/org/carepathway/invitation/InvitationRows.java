package org.carepathway.invitation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code staff_invitation}: the last state of each, and which one has left. */
@Repository
class InvitationRows {

  /** Of the advisory locks: one replica follows at a time. */
  private static final int FOLLOWS = 0x69747069;

  private final JdbcClient jdbc;

  InvitationRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Waits for another replica that follows, until its transaction has ended. */
  void lock() {
    jdbc.sql("select 1 from pg_advisory_xact_lock(:key)")
        .param("key", FOLLOWS)
        .query(Integer.class)
        .single();
  }

  /** Those that are not over. */
  List<Invitation> ahead(Instant now) {
    return jdbc.sql("select * from staff_invitation where to_at > :now")
        .param("now", Timestamp.from(now))
        .query(InvitationRows::map)
        .list();
  }

  /** One that may be over: its number goes on from there. */
  Optional<Invitation> find(UUID uid) {
    return jdbc.sql("select * from staff_invitation where uid = :uid")
        .param("uid", uid)
        .query(InvitationRows::map)
        .optional();
  }

  /** A new state, which is to leave now. */
  void save(Invitation invitation) {
    jdbc.sql(
            """
            insert into staff_invitation
              (uid, person, from_at, to_at, place, sequence, cancelled, stamp, due_at)
            values (:uid, :person, :from, :to, :place, :sequence, :cancelled, :stamp, :stamp)
            on conflict (uid) do update set person = excluded.person, from_at = excluded.from_at,
              to_at = excluded.to_at, place = excluded.place, sequence = excluded.sequence,
              cancelled = excluded.cancelled, stamp = excluded.stamp, due_at = excluded.due_at,
              tries = 0\
            """)
        .param("uid", invitation.uid())
        .param("person", invitation.person())
        .param("from", Timestamp.from(invitation.from()))
        .param("to", Timestamp.from(invitation.to()))
        .param("place", invitation.place())
        .param("sequence", invitation.sequence())
        .param("cancelled", invitation.cancelled())
        .param("stamp", Timestamp.from(invitation.stamp()))
        .update();
  }

  /** Those whose last state has not left and may be tried: some, the longest due first. */
  List<UUID> due(Instant now) {
    return jdbc.sql(
            """
            select uid from staff_invitation
            where due_at <= :now and (sent is null or sent < sequence)
            order by due_at, uid limit 50\
            """)
        .param("now", Timestamp.from(now))
        .query(UUID.class)
        .list();
  }

  /**
   * What is to leave.
   *
   * @param known whether a former state has left: else there is nothing to take back
   * @param tries attempts that have failed
   */
  record Due(Invitation invitation, boolean known, int tries) {}

  /** Empty when it has left meanwhile, or another replica sends it. */
  Optional<Due> lock(UUID uid, Instant now) {
    return jdbc.sql(
            """
            select * from staff_invitation
            where uid = :uid and due_at <= :now and (sent is null or sent < sequence)
            for update skip locked\
            """)
        .param("uid", uid)
        .param("now", Timestamp.from(now))
        .query(
            (row, number) ->
                new Due(map(row, number), row.getObject("sent") != null, row.getInt("tries")))
        .optional();
  }

  void sent(Invitation invitation) {
    jdbc.sql("update staff_invitation set sent = :sequence where uid = :uid")
        .param("sequence", invitation.sequence())
        .param("uid", invitation.uid())
        .update();
  }

  /** It is tried again later. */
  void later(UUID uid, Instant due) {
    jdbc.sql("update staff_invitation set tries = tries + 1, due_at = :due where uid = :uid")
        .param("due", Timestamp.from(due))
        .param("uid", uid)
        .update();
  }

  void forget(Instant before) {
    jdbc.sql("delete from staff_invitation where to_at < :before")
        .param("before", Timestamp.from(before))
        .update();
  }

  private static Invitation map(ResultSet row, int number) throws SQLException {
    return new Invitation(
        row.getObject("uid", UUID.class),
        row.getString("person"),
        row.getTimestamp("from_at").toInstant(),
        row.getTimestamp("to_at").toInstant(),
        row.getString("place"),
        row.getInt("sequence"),
        row.getBoolean("cancelled"),
        row.getTimestamp("stamp").toInstant());
  }
}
