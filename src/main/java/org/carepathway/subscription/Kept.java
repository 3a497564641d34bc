package org.carepathway.subscription;

import java.time.Instant;
import java.util.List;
import org.carepathway.security.Mandate;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;

/**
 * A subscription as it stands.
 *
 * @param owner who has it, as they were last here, with what the token allowed that it was sent
 *     with
 * @param seenAt when the owner was last here
 * @param filters searches of the focus that all must hold
 * @param body the Subscription as it was sent, in JSON, without its headers
 * @param headers sealed; null for none
 * @param base the address of our FHIR API
 * @param endsAt null for never
 * @param events how many have a number
 * @param said why it is in error, or failed last; null where it did not
 * @param attempt turns that were begun, this one included
 * @param isHeartbeatDue whether it has been silent for as long as it may be
 */
record Kept(
    String id,
    Mandate owner,
    Instant seenAt,
    int version,
    Topic topic,
    List<String> filters,
    SubscriptionStatus status,
    String body,
    String headers,
    String base,
    Instant endsAt,
    long events,
    String said,
    int failures,
    long attempt,
    boolean isHeartbeatDue,
    Instant changedAt) {}
