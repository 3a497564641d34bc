package org.carepathway.subscription;

import java.time.Instant;
import java.util.List;

/**
 * What a Subscription asks for, found right.
 *
 * @param filters searches of the focus that all must hold
 * @param end null for none
 */
record Wanted(Topic topic, List<String> filters, Channel channel, Instant end) {}
