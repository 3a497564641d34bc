package org.carepathway.weekplan;

import java.util.UUID;
import org.carepathway.capacity.FreeTime;

/**
 * What a plan proposes for somebody.
 *
 * @param time null for who is left out
 * @param pinned whether it is what was asked to stay
 * @param fitsAlone whether there is a time for them when nobody else is planned
 */
public record Planned(UUID id, FreeTime time, boolean pinned, boolean fitsAlone) {}
