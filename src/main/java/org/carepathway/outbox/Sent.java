package org.carepathway.outbox;

/**
 * What a site has of a resource of ours.
 *
 * @param ehrId {@code Type/id} there; null where it has none there
 * @param nativeId {@code Type/id} there of it as the resource it is, also where a change of it was
 *     said in words since; null where it is not there so
 * @param entry number of the newest entry that was sent
 * @param digest of what was sent
 * @param content the resource that it was made of
 * @param nativeBody what was sent as the resource it is; null where it was sent otherwise this time
 */
public record Sent(
    Rung rung,
    String ehrId,
    String nativeId,
    long entry,
    String digest,
    String content,
    String nativeBody) {}
