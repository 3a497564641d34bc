package org.carepathway.subscription;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a subscriber is told.
 *
 * @param payload MIME type of a notification
 * @param headers names and values, in the order in which they are sent
 * @param heartbeat how often it is told that nothing has happened; null for never
 * @param timeout how long one notification may take
 * @param most events in a notification
 */
record Channel(
    URI endpoint,
    String payload,
    List<Map.Entry<String, String>> headers,
    PayloadContent content,
    Duration heartbeat,
    Duration timeout,
    int most) {

  boolean isXml() {
    return payload.contains("xml");
  }

  /** Whether what was agreed with an endpoint holds for the other one too. */
  boolean isSameEndpoint(Channel other) {
    return endpoint.equals(other.endpoint)
        && headers.equals(other.headers)
        && payload.equals(other.payload);
  }
}
