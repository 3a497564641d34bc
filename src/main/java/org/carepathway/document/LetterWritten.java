package org.carepathway.document;

import java.util.UUID;

/**
 * A letter was written that somebody is to send; told as an event, in the transaction of its step.
 *
 * @param message id of the CommunicationRequest
 * @param detail what it is and to whom
 */
public record LetterWritten(UUID pathwayId, String patientId, String message, String detail) {}
