package org.carepathway.audit;

import ca.uhn.fhir.context.FhirContext;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The tables {@code audit_event} and {@code audit_unlinked}: rows are added only. */
@Repository
class AuditRows {

  private final JdbcTemplate jdbc;
  private final FhirContext fhirContext;

  AuditRows(JdbcTemplate jdbc, FhirContext fhirContext) {
    this.jdbc = jdbc;
    this.fhirContext = fhirContext;
  }

  /** In the transaction of the caller. */
  void add(Collection<AuditEntry> entries) {
    jdbc.batchUpdate(
        """
        insert into audit_event
          (id, at, kind, succeeded, who, display, address, about, patients, emergency, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        entries.stream().map(this::row).toList());
    jdbc.batchUpdate(
        "insert into audit_unlinked (event_id) values (?)",
        entries.stream().map(entry -> new Object[] {entry.id()}).toList());
  }

  /** The newest of a patient, the newest first. */
  List<AuditLine> ofPatient(String patientId, int limit) {
    return jdbc.query(
        AuditLine.SELECT + "where patients @> array[?]::text[] order by at desc limit ?",
        AuditLine::map,
        patientId,
        limit);
  }

  private Object[] row(AuditEntry entry) {
    return new Object[] {
      entry.id(),
      Timestamp.from(entry.at()),
      entry.kind().code(),
      entry.succeeded(),
      entry.who(),
      entry.display(),
      entry.address(),
      entry.about(),
      entry.patients().toArray(String[]::new),
      entry.emergency(),
      fhirContext.newJsonParser().encodeResourceToString(BalpShape.of(entry))
    };
  }
}
