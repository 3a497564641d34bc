package org.carepathway.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The door for what other systems send. What it has kept is committed and may be acknowledged. */
@Component
public class Inbox {

  private final ArrivalRows arrivals;
  private final InboxRows rows;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;
  private final MeterRegistry meters;

  Inbox(
      ArrivalRows arrivals,
      InboxRows rows,
      TransactionTemplate transaction,
      ApplicationEventPublisher events,
      MeterRegistry meters) {
    this.arrivals = arrivals;
    this.rows = rows;
    this.transaction = transaction;
    this.events = events;
    this.meters = meters;
  }

  /**
   * Keeps a message, in a transaction of its own or that of the caller. The same number of the same
   * source is kept once.
   */
  public Receipt keep(Received received) {
    Receipt receipt =
        transaction.execute(
            status ->
                arrivals
                    .add(received)
                    .map(number -> new Receipt(number, Receipt.Kind.KEPT))
                    .orElseGet(() -> known(received)));
    came(received, receipt.kind().code());
    return receipt;
  }

  /**
   * Which of these numbers of a source are kept: for who asks again and again for the same, so that
   * nothing counts as sent again.
   */
  public Set<String> known(String source, Collection<String> messageIds) {
    return Set.copyOf(arrivals.known(source, messageIds));
  }

  private Receipt known(Received received) {
    Receipt receipt = arrivals.again(received);
    if (receipt.kind() == Receipt.Kind.OTHER_CONTENT) {
      arrivals.addRefused(received, "Message %d has the same number.".formatted(receipt.number()));
    }
    return receipt;
  }

  /**
   * Keeps a message that the sender is told is refused: it can be looked at, and replayed once the
   * reason is gone.
   */
  public long keepRefused(Received received, String why) {
    long number = transaction.execute(status -> arrivals.addRefused(received, why));
    came(received, "refused");
    return number;
  }

  private void came(Received received, String receipt) {
    meters
        .counter("carepathway.inbox.received", "feed", received.source(), "receipt", receipt)
        .increment();
    events.publishEvent(new InboxChanged());
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

  /**
   * Has a message left as it is that is dead or waits for an answer: a person has seen to it in
   * another way, or it is of no use. It can still be replayed.
   *
   * @param who the sign-in name of the person who decides it
   * @param why as they say it
   * @return whether it is set aside
   */
  public boolean setAside(long number, String who, String why) {
    boolean aside =
        Boolean.TRUE.equals(transaction.execute(status -> rows.setAside(number, who, why)));
    events.publishEvent(new InboxChanged());
    return aside;
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
