package org.carepathway.outbox;

import java.time.Instant;

/**
 * An entry of the outbox.
 *
 * @param number in the order of writing
 * @param attempts that were begun before
 * @param tries that failed by what is in it
 */
public record Entry(long number, Written written, Instant writtenAt, int attempts, int tries) {}
