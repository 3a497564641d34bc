package org.carepathway.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The audit at {@code /fhir/AuditEvent}, read from its own table: to read and to search by patient,
 * agent and date, the newest first. Nobody can write it.
 */
@Component
class AuditEvents implements FhirOperations, IResourceProvider {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final FhirContext fhirContext;

  AuditEvents(JdbcTemplate jdbc, FhirContext fhirContext) {
    this.jdbc = jdbc;
    this.fhirContext = fhirContext;
  }

  @Override
  public Class<AuditEvent> getResourceType() {
    return AuditEvent.class;
  }

  @Read
  public AuditEvent read(@IdParam IdType id) {
    try {
      return jdbc
          .queryForList(
              "select body from audit_event where id = ?",
              String.class,
              UUID.fromString(id.getIdPart()))
          .stream()
          .map(this::parse)
          .findFirst()
          .orElseThrow(() -> new ResourceNotFoundException(id));
    } catch (IllegalArgumentException e) {
      throw new ResourceNotFoundException(id);
    }
  }

  @Search
  public List<AuditEvent> search(
      @OptionalParam(name = "patient") ReferenceParam patient,
      @OptionalParam(name = "agent") TokenParam agent,
      @OptionalParam(name = "date") DateRangeParam date,
      @Count Integer count) {
    String patientId = patient == null ? null : patient.getIdPart();
    String who = agent == null ? null : agent.getValue();
    return jdbc
        .queryForList(
            """
            select body from audit_event
            where (?::text is null or patients @> array[?]::text[])
              and (?::text is null or who = ?)
              and at >= ? and at <= ?
            order by at desc limit ?""",
            String.class,
            patientId,
            patientId,
            who,
            who,
            bound(date == null ? null : date.getLowerBoundAsInstant(), Instant.EPOCH),
            bound(date == null ? null : date.getUpperBoundAsInstant(), Instant.now()),
            Math.min(count == null ? MOST : count, MOST))
        .stream()
        .map(this::parse)
        .toList();
  }

  private static Timestamp bound(Date date, Instant otherwise) {
    return Timestamp.from(date == null ? otherwise : date.toInstant());
  }

  private AuditEvent parse(String body) {
    return fhirContext.newJsonParser().parseResource(AuditEvent.class, body);
  }
}
