package org.carepathway.task.web;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import org.carepathway.worklist.web.TaskLine;

/**
 * What the worklist says after a task was completed.
 *
 * @param next what is open on the pathway now
 * @param ended whether the pathway has ended
 */
record Done(UUID pathwayId, String patient, String task, List<TaskLine> next, boolean ended)
    implements Serializable {}
