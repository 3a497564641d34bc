package org.carepathway.engine;

import java.util.UUID;

/** A task was withdrawn before anybody completed it. Published inside the step's transaction. */
public record TaskCancelled(UUID pathwayId, String engineTaskId) {}
