package org.carepathway.fhir;

import java.time.Instant;

/**
 * A resource whose current version is stored and cannot be read.
 *
 * @param storedAt when this version was stored
 * @param foundAt when it was met first
 * @param patientId of whom it is; null where that is not known
 * @param why without what the resource says
 */
public record StoredUnreadable(
    String type,
    String id,
    long version,
    Instant storedAt,
    Instant foundAt,
    String patientId,
    String why) {

  /** Where it is read and, as a whole, replaced. */
  public String name() {
    return type + '/' + id;
  }
}
