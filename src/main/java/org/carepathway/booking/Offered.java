package org.carepathway.booking;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A freed time that was offered.
 *
 * @param freed id of the freed time
 * @param against what speaks against it of what the patient wishes; ends of keys {@code
 *     booking.against.*}
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
    List<String> against,
    String answer,
    Instant answeredAt,
    String answeredBy) {}
