package org.carepathway.demo.ehr;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.Resource;

/** What the EHR has, in memory: of each resource its current version. */
class EhrRecords {

  private final Map<String, Resource> current = new ConcurrentHashMap<>();
  private final Set<String> received = ConcurrentHashMap.newKeySet();
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

  /** Whether what is said to be stored is; a bad EHR may say otherwise. */
  boolean keeps(Resource resource) {
    return true;
  }

  /** Stores what others have written, and remembers that. */
  final synchronized void received(Resource resource) {
    if (!keeps(resource)) {
      return;
    }
    put(resource);
    received.add(resource.fhirType() + '/' + resource.getIdElement().getIdPart());
  }

  /** Whether others have written it. */
  final boolean isReceived(Resource resource) {
    return received.contains(resource.fhirType() + '/' + resource.getIdElement().getIdPart());
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
