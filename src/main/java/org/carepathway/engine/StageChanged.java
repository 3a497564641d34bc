package org.carepathway.engine;

import java.util.UUID;

/**
 * A patient has come to a stage of the pathway, or left it. Published inside the step's
 * transaction.
 *
 * @param element BPMN id of the call in the main process
 * @param name of the stage
 * @param place in the order in which the main process is written
 * @param entered false when it is left
 */
public record StageChanged(
    UUID pathwayId, String element, String name, int place, boolean entered) {}
