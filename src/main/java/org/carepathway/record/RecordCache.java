package org.carepathway.record;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Resources that steps wrote, kept in memory: reading one from the store costs some milliseconds,
 * and a step reads most of its pathway's record. A resource is found only under the revision that
 * the index names inside the reader's transaction, so that it is never stale, whichever replica
 * wrote it.
 *
 * <p>What is in here is shared between threads and must not be changed.
 */
@Component
class RecordCache {

  private final Cache<Key, Resource> resources;

  RecordCache(RecordSettings settings) {
    this.resources = Caffeine.newBuilder().maximumSize(settings.cacheSize()).build();
  }

  Optional<Resource> find(RecordIndex.Entry entry) {
    return entry.isOurs()
        ? Optional.ofNullable(resources.getIfPresent(new Key(entry.key(), entry.revision())))
        : Optional.empty();
  }

  void keep(RecordIndex.Entry entry, Resource resource) {
    if (entry.isOurs()) {
      resources.put(new Key(entry.key(), entry.revision()), resource);
    }
  }

  private record Key(String resource, UUID revision) {}
}
