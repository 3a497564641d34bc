package org.carepathway.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * One thing that somebody did.
 *
 * @param succeeded false when it was refused
 * @param who sign-in name
 * @param display the name that people read
 * @param address where the request came from
 * @param about what was asked: the request's path, or what set a step off
 * @param patients ids of the Patients that it concerns
 * @param emergency whether the patient's record was opened in an emergency
 * @param resources {@code Type/id} of what was read or written
 * @param query the parameters of a search; empty where there are none
 */
record AuditEntry(
    UUID id,
    Instant at,
    AuditKind kind,
    boolean succeeded,
    String who,
    String display,
    String address,
    String about,
    List<String> patients,
    boolean emergency,
    List<String> resources,
    String query) {

  /** Now, to the microsecond that the database keeps. */
  static AuditEntry now(
      AuditKind kind,
      boolean succeeded,
      String who,
      String display,
      String address,
      String about,
      Collection<String> patients,
      boolean emergency,
      Collection<String> resources,
      String query) {
    return new AuditEntry(
        UUID.randomUUID(),
        Instant.now().truncatedTo(ChronoUnit.MICROS),
        kind,
        succeeded,
        who,
        display,
        address,
        about,
        patients.stream().sorted().toList(),
        emergency,
        resources.stream().sorted().toList(),
        query);
  }
}
