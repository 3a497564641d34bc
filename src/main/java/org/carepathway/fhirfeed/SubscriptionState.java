package org.carepathway.fhirfeed;

import java.time.Instant;

/**
 * How it goes with a subscription of ours at an EHR.
 *
 * @param status as the EHR says it
 * @param events the number of the last event that it has told of
 * @param gaps how often numbers were left out, so that all was asked for
 * @param heardAt when the EHR was heard last: an event, a heartbeat or a handshake
 * @param silent seconds since then
 * @param overdue whether a heartbeat should have come
 */
public record SubscriptionState(
    String subscription,
    String status,
    long events,
    int gaps,
    Instant heardAt,
    long silent,
    boolean overdue) {

  SubscriptionState late(boolean late) {
    return new SubscriptionState(subscription, status, events, gaps, heardAt, silent, late);
  }
}
