package org.carepathway.clock;

import java.time.Duration;

/**
 * The service's clock was moved.
 *
 * @param ahead how far it is now ahead of the system's clock
 */
public record ClockMoved(Duration ahead) {}
