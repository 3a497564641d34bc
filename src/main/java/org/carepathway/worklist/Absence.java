package org.carepathway.worklist;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody is away and somebody else sees to their tasks.
 *
 * @param absent sign-in name
 * @param substitute sign-in name
 * @param note the hand-over
 */
public record Absence(
    UUID id,
    String absent,
    String absentName,
    String substitute,
    String substituteName,
    Instant begin,
    Instant end,
    String note) {}
