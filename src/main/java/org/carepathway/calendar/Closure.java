package org.carepathway.calendar;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Days on which the site is closed, the last one included.
 *
 * @param by who entered it
 */
public record Closure(UUID id, LocalDate first, LocalDate last, String reason, String by) {}
