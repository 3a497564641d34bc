package org.carepathway.subscription;

import java.time.Instant;

/**
 * A subscription as who connects systems looks at it.
 *
 * @param owner the name that people read
 * @param topic its code
 * @param host where it is told; the rest of the address may be a secret
 * @param status requested, active, error, off
 * @param events that have a number
 * @param waiting events that are to be told
 * @param missed events that can be asked for and are not told by themselves
 * @param toldAt when a notification was last taken; null where none was
 * @param since when the endpoint began to fail; null where it does not
 * @param said why it fails or is in error; null where it does not
 */
public record SubscriptionLine(
    String id,
    String owner,
    String topic,
    String host,
    String status,
    long events,
    long waiting,
    long missed,
    Instant toldAt,
    Instant since,
    String said) {

  public boolean isInError() {
    return status.equals("error");
  }

  public boolean isOff() {
    return status.equals("off");
  }
}
