package org.carepathway.staff;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes staff into the FHIR store: what is new or changed, all of it or nothing. */
final class StaffStore {

  private static final long LOCK = 0x7374616666L;
  private static final String GONE = "gone";

  private final IRepository repository;
  private final FhirContext fhirContext;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final ApplicationEventPublisher events;

  StaffStore(
      IRepository repository,
      FhirContext fhirContext,
      JdbcTemplate jdbc,
      TransactionTemplate transaction,
      ApplicationEventPublisher events) {
    this.repository = repository;
    this.fhirContext = fhirContext;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.events = events;
  }

  /**
   * Who is not among the members any more becomes inactive; nothing is deleted.
   *
   * @return how many resources were written; 0 as well while another replica does it
   */
  int write(List<Member> members) {
    return transaction.execute(
        status ->
            jdbc.queryForObject("select pg_try_advisory_xact_lock(?)", Boolean.class, LOCK)
                ? update(members)
                : 0);
  }

  private int update(List<Member> members) {
    Map<String, String> known = new HashMap<>();
    jdbc.query(
        "select resource, digest from staff_resource",
        row -> {
          known.put(row.getString(1), row.getString(2));
        });
    Bundle changed = new Bundle().setType(Bundle.BundleType.TRANSACTION);
    members.stream()
        .flatMap(StaffResources::of)
        .forEach(
            resource -> {
              String digest = digest(resource);
              if (!digest.equals(known.remove(name(resource)))) {
                put(changed, resource, digest);
              }
            });
    known.forEach(
        (name, digest) -> {
          if (!digest.equals(GONE)) {
            put(changed, inactive(new IdType(name)), GONE);
          }
        });
    if (changed.hasEntry()) {
      repository.transaction(changed);
      events.publishEvent(
          new StaffWritten(
              changed.getEntry().stream().map(entry -> entry.getRequest().getUrl()).toList()));
    }
    return changed.getEntry().size();
  }

  private void put(Bundle changed, Resource resource, String digest) {
    changed
        .addEntry()
        .setResource(resource)
        .getRequest()
        .setMethod(Bundle.HTTPVerb.PUT)
        .setUrl(name(resource));
    jdbc.update(
        """
        insert into staff_resource (resource, digest) values (?, ?)
        on conflict (resource) do update set digest = excluded.digest""",
        name(resource),
        digest);
  }

  private Resource inactive(IdType id) {
    return id.getResourceType().equals("Practitioner")
        ? repository.read(Practitioner.class, id).setActive(false)
        : repository.read(PractitionerRole.class, id).setActive(false);
  }

  private static String name(Resource resource) {
    return resource.fhirType() + '/' + resource.getIdElement().getIdPart();
  }

  private String digest(Resource resource) {
    return DigestUtils.sha256Hex(fhirContext.newJsonParser().encodeResourceToString(resource));
  }
}
