package org.carepathway.subscription;

import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Whose turn it is. One turn of a subscription at a time, over all processes: it is counted and
 * leased before it begins, and ends in vain where another one has begun or the subscriber has
 * changed something meanwhile.
 */
@Repository
class SubscriptionTurns {

  private static final int SPARE_SECONDS = 30;

  private static final String NEXT =
      """
      select s.id from subscription s
      where s.leased_until <= now() and s.due_at <= now() and s.status <> 'off'
        and (s.status = 'requested'
          or s.ends_at <= now()
          or exists (select from subscription_event e where e.subscription = s.id and e.state = 'new')
          or s.status = 'active'
            and coalesce(s.told_at, s.changed_at) + s.heartbeat * interval '1 second' <= now())
      order by s.due_at limit 1 for update of s skip locked""";

  private static final String MINE = " where id = ? and attempt = ?";

  private final JdbcTemplate jdbc;

  SubscriptionTurns(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** In a transaction of the caller's, which ends before the turn begins. */
  Optional<Kept> take() {
    return jdbc.queryForList(NEXT, String.class).stream()
        .findFirst()
        .flatMap(
            id -> {
              jdbc.update(
                  """
                  update subscription set attempt = attempt + 1,
                    leased_until = now() + (timeout + ?) * interval '1 second' where id = ?""",
                  SPARE_SECONDS,
                  id);
              return jdbc
                  .query(SubscriberRows.COLUMNS + "where s.id = ?", SubscriberRows::kept, id)
                  .stream()
                  .findFirst();
            });
  }

  /** Nothing was to be told. */
  void rest(Kept kept) {
    jdbc.update(
        "update subscription set leased_until = now(), due_at = now()" + MINE,
        kept.id(),
        kept.attempt());
  }

  /** The endpoint has taken a notification. */
  boolean told(Kept kept) {
    return jdbc.update(
            """
            update subscription set version = version + case status when 'requested' then 1 else 0 end,
              status = 'active', leased_until = now(), due_at = now(), told_at = now(), failures = 0,
              failing_since = null, said = null"""
                + MINE,
            kept.id(),
            kept.attempt())
        > 0;
  }

  /**
   * The endpoint has not.
   *
   * @param pause until it is tried again
   * @param patience for how long it may fail until the subscription is in error
   * @return whether it is in error now
   */
  boolean failed(Kept kept, String said, Duration pause, Duration patience) {
    int changed =
        jdbc.update(
            """
            update subscription set leased_until = now(), due_at = now() + ? * interval '1 millisecond',
              failures = failures + 1, failing_since = coalesce(failing_since, now()), said = ?"""
                + MINE,
            pause.toMillis(),
            said,
            kept.id(),
            kept.attempt());
    return changed > 0
        && jdbc.update(
                """
                update subscription set status = 'error', version = version + 1, due_at = now()
                where id = ? and attempt = ? and failing_since <= now() - ? * interval '1 millisecond'""",
                kept.id(),
                kept.attempt(),
                patience.toMillis())
            > 0;
  }

  /** Its end has come. */
  void end(Kept kept) {
    jdbc.update(
        "update subscription set status = ?, version = version + 1, leased_until = now()" + MINE,
        SubscriptionStatus.OFF.toCode(),
        kept.id(),
        kept.attempt());
  }

  /** Whether the turn is still the last one that was begun, locked for the caller's transaction. */
  boolean isMine(Kept kept) {
    return !jdbc.queryForList(
            "select id from subscription" + MINE + " for update",
            String.class,
            kept.id(),
            kept.attempt())
        .isEmpty();
  }
}
