package org.carepathway.pathway;

import java.time.Instant;
import java.util.UUID;
import org.carepathway.record.Trigger;

/**
 * Somebody has done a task; told in the transaction that completes it, after the steps that follow.
 *
 * @param pathway as it was when the task was sent
 * @param taskId of the FHIR Task
 * @param element BPMN element id
 * @param role code of the role whose task it was
 * @param answersId of the QuestionnaireResponse
 * @param due by when; null where the pathway names no time
 * @param trigger whose agent did it
 */
public record TaskDone(
    Pathway pathway,
    UUID taskId,
    String element,
    String role,
    String answersId,
    Instant created,
    Instant due,
    Instant done,
    Trigger trigger) {}
