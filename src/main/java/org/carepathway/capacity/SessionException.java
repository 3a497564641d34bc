package org.carepathway.capacity;

import java.util.UUID;

/**
 * A time at which an actor can be booked though it has no session, or cannot though it has one.
 *
 * @param opens an extra session; else leave, or a closure
 * @param by who entered it
 */
public record SessionException(
    UUID id, long actor, Period during, boolean opens, String reason, String by) {}
