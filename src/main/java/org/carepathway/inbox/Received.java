package org.carepathway.inbox;

import java.time.Instant;

/**
 * What a source has sent.
 *
 * @param source the feed, as settings and audit call it
 * @param messageId its number with the source: a control id, or resource and version
 * @param format of the content; says which {@link InboxHandler} it is for
 * @param kind of message, e.g. {@code ADT^A01}
 * @param lane whose it is, as the source names patients, {@code system|value}: messages that share
 *     one are handled one after the other
 * @param otherLane of a second patient, such as one who is merged; null for none
 * @param saidAt when the source says that it was so; null where it says nothing
 * @param content as it came
 */
public record Received(
    String source,
    String messageId,
    String format,
    String kind,
    String lane,
    String otherLane,
    Instant saidAt,
    byte[] content) {}
