package org.carepathway.booking;

import java.time.Instant;
import java.util.UUID;

/**
 * A freed time that was offered.
 *
 * @param freed id of the freed time
 * @param answer {@code accepted}, {@code declined}, {@code expired}; null while it can be answered
 * @param answeredBy who entered the answer; null for none
 */
public record Offered(
    UUID id,
    UUID freed,
    UUID pathwayId,
    Instant start,
    Instant offeredAt,
    Instant answerBy,
    String answer,
    Instant answeredAt,
    String answeredBy) {}
