package org.carepathway.outreach;

/**
 * It is known what became of a message; told in the transaction that keeps it.
 *
 * @param message as it stands now
 */
record MessageEnded(Message message) {}
