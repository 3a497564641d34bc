package org.carepathway.demo.ehr;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Resource;

/** What the EHR has, in memory: of each resource its current version. */
class EhrRecords {

  private final Map<String, Resource> current = new ConcurrentHashMap<>();
  private final Clock clock;

  EhrRecords(Clock clock) {
    this.clock = clock;
  }

  /** Stores a resource under its id, as its next version. */
  void put(Resource resource) {
    put(resource, Instant.now(clock));
  }

  /**
   * @param stamped when it says that it was stored
   */
  final synchronized void put(Resource resource, Instant stamped) {
    String name = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
    Resource before = current.get(name);
    long version = before == null ? 0 : Long.parseLong(before.getMeta().getVersionId());
    Resource stored = resource.copy();
    stored.getMeta().setVersionId(Long.toString(version + 1)).setLastUpdated(Date.from(stamped));
    current.put(name, stored);
  }

  Optional<Resource> read(String type, String id) {
    return Optional.ofNullable(current.get(type + '/' + id));
  }

  /** Those of a type, the earliest stored first, as they are at this moment. */
  List<Resource> all(String type) {
    return current.values().stream()
        .filter(resource -> resource.fhirType().equals(type))
        .sorted(
            Comparator.comparing((Resource one) -> one.getMeta().getLastUpdated())
                .thenComparing(one -> one.getIdElement().getIdPart()))
        .toList();
  }

  List<Resource> all() {
    return current.values().stream()
        .sorted(
            Comparator.comparing(Resource::fhirType)
                .thenComparing(one -> one.getIdElement().getIdPart()))
        .toList();
  }
}
