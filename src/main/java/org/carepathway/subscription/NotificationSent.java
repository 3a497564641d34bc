package org.carepathway.subscription;

import java.util.Set;

/**
 * A subscriber has been told of patients; published in the transaction that keeps it.
 *
 * @param owner sign-in name of the subscriber
 * @param patients ids of the Patients
 * @param resources {@code Type/id} of what was named or sent
 */
public record NotificationSent(
    String subscription,
    String owner,
    String display,
    Set<String> patients,
    Set<String> resources) {}
