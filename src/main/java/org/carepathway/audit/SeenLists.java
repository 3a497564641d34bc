package org.carepathway.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * A list that refreshes itself shows the same patients to the same person every few seconds: kept
 * once in a quarter of an hour, and whenever another patient has come.
 */
@Component
class SeenLists {

  private final Cache<Seen, Boolean> recently =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(15)).build();

  boolean isNew(String who, String path, Set<String> patients) {
    return recently.asMap().putIfAbsent(new Seen(who, path, Set.copyOf(patients)), true) == null;
  }

  private record Seen(String who, String path, Set<String> patients) {}
}
