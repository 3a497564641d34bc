package org.carepathway.engine;

import java.util.Date;
import java.util.UUID;

/**
 * A person has something to do. Published inside the step's transaction.
 *
 * @param engineTaskId the engine's id of the task
 * @param element BPMN element id
 * @param title the task's name
 * @param stage name of the part of the main process that the task belongs to
 * @param role candidate group
 * @param form form key, {@code questionnaire|version}
 * @param priority 0 routine, 25 urgent, 50 as soon as possible, 75 at once
 * @param due by when; null where the pathway names no time
 * @param dueAfter the limit that this was worked out from, where the site's calendar can move it;
 *     null else
 */
public record TaskCreated(
    UUID pathwayId,
    String engineTaskId,
    String element,
    String title,
    String stage,
    String role,
    String form,
    int priority,
    Date due,
    String dueAfter) {}
