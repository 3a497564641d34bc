package org.carepathway.audit;

import ca.uhn.fhir.context.FhirContext;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Repository;

/** The tables {@code audit_event} and {@code audit_unlinked}: rows are added only. */
@Repository
class AuditRows {

  private final NamedParameterJdbcTemplate jdbc;
  private final FhirContext fhirContext;

  AuditRows(NamedParameterJdbcTemplate jdbc, FhirContext fhirContext) {
    this.jdbc = jdbc;
    this.fhirContext = fhirContext;
  }

  /** In the transaction of the caller. */
  void add(Collection<AuditEntry> entries) {
    jdbc.batchUpdate(
        """
        insert into audit_event
          (id, at, kind, succeeded, who, display, address, about, patients, emergency, body)
        values (:id, :at, :kind, :succeeded, :who, :display, :address, :about, :patients,
                :emergency, :body)""",
        entries.stream().map(this::row).toArray(SqlParameterSource[]::new));
    jdbc.batchUpdate(
        "insert into audit_unlinked (event_id) values (:id)",
        entries.stream()
            .map(entry -> new MapSqlParameterSource("id", entry.id()))
            .toArray(SqlParameterSource[]::new));
  }

  /** The newest of a patient, the newest first. */
  List<AuditLine> ofPatient(String patientId, int limit) {
    return jdbc.query(
        AuditLine.SELECT
            + "where patients @> array[:patient]::text[] order by at desc limit :limit",
        new MapSqlParameterSource("patient", patientId).addValue("limit", limit),
        AuditLine::map);
  }

  private SqlParameterSource row(AuditEntry entry) {
    return new MapSqlParameterSource()
        .addValue("id", entry.id())
        .addValue("at", Timestamp.from(entry.at()))
        .addValue("kind", entry.kind().code())
        .addValue("succeeded", entry.succeeded())
        .addValue("who", entry.who())
        .addValue("display", entry.display())
        .addValue("address", entry.address())
        .addValue("about", entry.about())
        .addValue("patients", entry.patients().toArray(String[]::new))
        .addValue("emergency", entry.emergency())
        .addValue("body", fhirContext.newJsonParser().encodeResourceToString(BalpShape.of(entry)));
  }
}
