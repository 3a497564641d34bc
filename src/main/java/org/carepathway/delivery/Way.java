package org.carepathway.delivery;

import org.carepathway.outbox.Rung;

/**
 * How something is written at a site.
 *
 * @param type of the resource that is written; null where none is
 * @param message of HL7 v2 such as {@code ORU^R01}; null where none is sent
 * @param isFoundByIdentifier whether what was written is found again by our identifier; else by
 *     patient, code and date
 * @param isConditional whether the server itself refuses to write it twice
 * @param why not on a better rung, for who connects systems; empty where it is the best one
 */
record Way(
    Rung rung,
    String type,
    String message,
    boolean isFoundByIdentifier,
    boolean isConditional,
    String why) {}
