package org.carepathway.booking;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody who may be offered a freed time.
 *
 * @param priority 0 to 75, how urgent the patient is
 * @param since when they were referred, or asked for an earlier time
 * @param booked when they are booked, and want an earlier time; null for who has no booking
 */
public record Waiting(
    UUID pathwayId, String patientId, String name, int priority, Instant since, Instant booked) {}
