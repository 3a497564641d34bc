package org.carepathway.subscription;

import java.time.Instant;
import org.hl7.fhir.r4.model.IdType;

/**
 * Something that a subscription tells of.
 *
 * @param row its place in the table
 * @param number from 1 in its subscription; null until it is its turn
 * @param focus {@code Type/id} of what has changed
 * @param created whether it was new
 */
record Event(long row, Long number, String focus, boolean created, Instant at) {

  IdType id() {
    return new IdType(focus);
  }
}
