package org.carepathway.duty;

import java.time.Instant;
import java.util.UUID;

/**
 * Something for a person to do.
 *
 * @param about what it is about, in the words of its kind, such as {@code Appointment/} and an id
 * @param role code of whose it is
 * @param patient id; null where it is about no patient
 * @param pathwayId null for none
 * @param detail for whoever does it: names of rooms, people and papers, nothing of a patient
 */
public record Duty(
    UUID id,
    DutyKind kind,
    String about,
    String role,
    String patient,
    UUID pathwayId,
    String detail,
    Instant due) {}
