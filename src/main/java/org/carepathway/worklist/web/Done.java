package org.carepathway.worklist.web;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * What the worklist says after a task was completed.
 *
 * @param next what is open on the pathway now
 * @param ended whether the pathway has ended
 */
record Done(UUID pathwayId, String patient, String task, List<TaskLine> next, boolean ended)
    implements Serializable {}
