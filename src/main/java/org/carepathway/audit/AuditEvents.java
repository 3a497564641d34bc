package org.carepathway.audit;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.param.DateRangeParam;
import ca.uhn.fhir.rest.param.ReferenceParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
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
 * agent, date and id, the newest first. Nobody can write it.
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

  /**
   * @param agent sign-in name, also as {@code Practitioner/name}
   */
  @Search
  public List<AuditEvent> search(
      @OptionalParam(name = "_id") TokenOrListParam ids,
      @OptionalParam(name = "_lastUpdated") DateRangeParam updated,
      @OptionalParam(name = "patient") ReferenceParam patient,
      @OptionalParam(name = "agent") ReferenceParam agent,
      @OptionalParam(name = "date") DateRangeParam date,
      @Count Integer count) {
    String patientId = patient == null ? null : patient.getIdPart();
    String who = agent == null ? null : agent.getIdPart();
    String[] named =
        ids == null
            ? null
            : ids.getValuesAsQueryTokens().stream()
                .map(TokenParam::getValue)
                .toArray(String[]::new);
    return jdbc
        .queryForList(
            """
            select body from audit_event
            where (?::text is null or patients @> array[?]::text[])
              and (?::text is null or who = ?)
              and (?::text[] is null or id::text = any(?::text[]))
              and at >= ? and at <= ? and at >= ? and at <= ?
            order by at desc limit ?""",
            String.class,
            patientId,
            patientId,
            who,
            who,
            named,
            named,
            from(date),
            to(date),
            from(updated),
            to(updated),
            Math.min(count == null ? MOST : count, MOST))
        .stream()
        .map(this::parse)
        .toList();
  }

  private static Timestamp from(DateRangeParam range) {
    return bound(range == null ? null : range.getLowerBoundAsInstant(), Instant.EPOCH);
  }

  private static Timestamp to(DateRangeParam range) {
    return bound(range == null ? null : range.getUpperBoundAsInstant(), Instant.now());
  }

  private static Timestamp bound(Date date, Instant otherwise) {
    return Timestamp.from(date == null ? otherwise : date.toInstant());
  }

  private AuditEvent parse(String body) {
    return fhirContext.newJsonParser().parseResource(AuditEvent.class, body);
  }
}
