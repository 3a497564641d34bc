package org.carepathway.inbox;

import java.util.Collection;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The door for what other systems send. What it has kept is committed and may be acknowledged. */
@Component
public class Inbox {

  private final InboxRows rows;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  Inbox(InboxRows rows, TransactionTemplate transaction, ApplicationEventPublisher events) {
    this.rows = rows;
    this.transaction = transaction;
    this.events = events;
  }

  /**
   * Keeps a message, in a transaction of its own or that of the caller. The same number of the same
   * source is kept once.
   */
  public Receipt keep(Received received) {
    Receipt receipt =
        transaction.execute(
            status ->
                rows.add(received)
                    .map(number -> new Receipt(number, Receipt.Kind.KEPT))
                    .orElseGet(() -> known(received)));
    events.publishEvent(new InboxChanged());
    return receipt;
  }

  private Receipt known(Received received) {
    Receipt receipt = rows.again(received);
    if (receipt.kind() == Receipt.Kind.OTHER_CONTENT) {
      rows.addRefused(received, "Message %d has the same number.".formatted(receipt.number()));
    }
    return receipt;
  }

  /**
   * Keeps a message that the sender is told is refused: it can be looked at, and replayed once the
   * reason is gone.
   */
  public long keepRefused(Received received, String why) {
    long number = transaction.execute(status -> rows.addRefused(received, why));
    events.publishEvent(new InboxChanged());
    return number;
  }

  /**
   * Has what waits for these patients handled.
   *
   * @param lanes as sources name them, {@code system|value}
   */
  public void release(Collection<String> lanes) {
    if (!lanes.isEmpty() && rows.release(lanes) > 0) {
      events.publishEvent(new InboxChanged());
    }
  }

  /**
   * Has a message handled again that is dead or waits for an answer. It never overwrites what is
   * newer (see {@link Newest}); what it did and did not do is then said of it.
   *
   * @param who the sign-in name of the person who wants it
   * @return whether it is handled again
   */
  public boolean replay(long number, String who) {
    boolean replayed = Boolean.TRUE.equals(transaction.execute(status -> rows.replay(number, who)));
    events.publishEvent(new InboxChanged());
    return replayed;
  }

  /** Goes on keeping what a source sends and does not handle it for the moment. */
  public void pause(String source, String who) {
    rows.pause(source, who);
    events.publishEvent(new InboxChanged());
  }

  public void resume(String source) {
    rows.resume(source);
    events.publishEvent(new InboxChanged());
  }

  public Optional<InboxMessage> find(long number) {
    return rows.find(number);
  }
}
