package org.carepathway.outbox;

import java.time.Duration;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** What sites are to receive: added with what it is made of, taken by who sends it. */
@Component
public class Outbox {

  private final OutboxRows rows;
  private final OutboxTurns turns;
  private final SentRows sent;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  Outbox(
      OutboxRows rows,
      OutboxTurns turns,
      SentRows sent,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.rows = rows;
    this.turns = turns;
    this.sent = sent;
    this.transaction = transaction;
    this.events = events;
  }

  /** In the transaction of the caller: it is there if and only if what it is made of is. */
  public void add(Written written) {
    rows.add(written);
    events.publishEvent(new OutboxChanged());
  }

  /**
   * The next entry of a site whose turn it is. The attempt is counted first and for good: whoever
   * takes it after a process that died knows that its outcome is not known.
   *
   * @param lease how long nobody else takes it
   */
  public Optional<Entry> take(String site, Duration lease) {
    return transaction.execute(
        status -> {
          Optional<Entry> next = turns.next(site);
          next.ifPresent(entry -> turns.claim(entry.number(), lease));
          return next;
        });
  }

  /**
   * Asked right before something is written at a site, which must be over before the lease is.
   *
   * @return false where another attempt has begun: then nothing may be written
   */
  public boolean renew(Entry entry, Duration lease) {
    return turns.renew(entry, lease);
  }

  /**
   * Keeps how an attempt ended.
   *
   * @param pause before the next one, where there is one
   */
  public void end(Entry entry, Outcome outcome, Duration pause) {
    transaction.executeWithoutResult(
        status -> {
          if (outcome instanceof Outcome.Done done) {
            if (rows.done(entry, done)) {
              keep(entry, done.sent());
              told(entry, done);
            }
          } else if (outcome instanceof Outcome.ByHand hand) {
            if (rows.byHand(entry, hand)) {
              keep(entry, hand.sent());
            }
          } else if (outcome instanceof Outcome.Later later) {
            rows.later(entry, later.said(), later.counts(), pause);
          } else if (outcome instanceof Outcome.Dead dead) {
            rows.dead(entry, dead.fault(), dead.said());
          }
        });
  }

  private void told(Entry entry, Outcome.Done done) {
    if (done.isNew()) {
      events.publishEvent(new EntrySent(entry, done.rung()));
    }
  }

  private void keep(Entry entry, Sent known) {
    if (known != null) {
      sent.save(entry.written().site(), entry.written().subject(), known);
    }
  }

  /**
   * Has an entry sent again that was not sent, or waits for a person. It never overwrites what is
   * newer at the site.
   *
   * @param who the sign-in name of the person who wants it
   * @return whether it is sent again
   */
  public boolean replay(long number, String who) {
    return changed(rows.replay(number, who));
  }

  /**
   * @param why as the person says it
   * @return whether it is set aside
   */
  public boolean setAside(long number, String who, String why) {
    return changed(rows.setAside(number, who, why));
  }

  /** A person has entered it at the site. */
  public boolean entered(long number, String who) {
    return changed(rows.entered(number, who));
  }

  /** A site answers again: what waits for it need not wait longer. */
  public void hasten(String site) {
    rows.hasten(site);
    events.publishEvent(new OutboxChanged());
  }

  /** Goes on keeping what a site is to receive and does not send it for the moment. */
  public void pause(String site, String who) {
    rows.pause(site, who);
  }

  public void resume(String site) {
    rows.resume(site);
    events.publishEvent(new OutboxChanged());
  }

  /** Deletes what was sent or set aside before. */
  public int forget(Duration age) {
    return rows.forget(age);
  }

  private boolean changed(boolean isChanged) {
    events.publishEvent(new OutboxChanged());
    return isChanged;
  }
}
