package org.carepathway.capacity;

import java.time.Instant;
import java.util.Map;

/**
 * A time at which all that a booking needs is free.
 *
 * @param names kind to the name of who or what is free; a kind of which nothing is set up is left
 *     out
 */
public record FreeTime(Instant start, Map<String, Actor> names) {}
