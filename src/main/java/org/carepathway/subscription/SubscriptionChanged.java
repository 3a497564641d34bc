package org.carepathway.subscription;

/**
 * Somebody has made, changed or deleted a subscription; published in the transaction that does it.
 *
 * @param id of the Subscription
 * @param did created, updated, deleted
 */
public record SubscriptionChanged(String id, String did) {}
