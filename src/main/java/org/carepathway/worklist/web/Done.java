package org.carepathway.worklist.web;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;

/**
 * What a page says after something was done for a patient: what happens now, and who was told.
 *
 * @param what was done, such as the title of a task; null where it is plain
 * @param next what is open on the pathway now
 * @param told who was told what
 * @param ended whether the pathway has ended
 */
public record Done(
    UUID pathwayId,
    String patient,
    String what,
    List<TaskLine> next,
    List<String> told,
    boolean ended)
    implements Serializable {}
