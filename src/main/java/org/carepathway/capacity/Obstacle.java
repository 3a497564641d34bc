package org.carepathway.capacity;

/**
 * Why a booking that was made cannot stand.
 *
 * @param appointment id of the booking
 * @param actor who or what it has taken and is not there
 * @param during how long that is so
 * @param taken whether another system has booked it; else a leave or a closure
 * @param reason of the leave or closure; empty for none
 */
public record Obstacle(
    String appointment, Actor actor, Period during, boolean taken, String reason) {}
