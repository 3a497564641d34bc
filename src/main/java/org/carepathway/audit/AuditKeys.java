package org.carepathway.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.startup.StartUpException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The secrets that the chain is made with: the present one and those of before. Only the demo has
 * one that everybody knows: elsewhere nothing starts without a secret of its own.
 */
@Component
final class AuditKeys {

  /** In application-demo.yaml. */
  private static final String KNOWN = "care-pathway";

  private static final String DEMO = "demo";
  private static final int SHORTEST = 16;
  private static final String REMEDY =
      "Make a secret, for instance with 'openssl rand -base64 32', keep a copy of it outside the"
          + " database, and give it as CAREPATHWAY_AUDIT_KEY (in Kubernetes: audit.existingSecret"
          + " of the chart).";

  /** The present one first, then the others, the newest first. */
  private final List<AuditKey> all;

  AuditKeys(AuditSettings settings, Environment environment) {
    String present = settings.key();
    if (present.isBlank()) {
      throw new StartUpException("carepathway.audit.key is not set.", REMEDY, null);
    }
    if (!environment.matchesProfiles(DEMO)) {
      if (present.equals(KNOWN)) {
        throw new StartUpException(
            "carepathway.audit.key is the demo's, which everybody knows.", REMEDY, null);
      }
      if (present.length() < SHORTEST) {
        throw new StartUpException(
            "carepathway.audit.key is shorter than %d characters.".formatted(SHORTEST),
            REMEDY,
            null);
      }
    }
    this.all =
        Stream.concat(Stream.of(present), settings.formerKeys().stream())
            .map(AuditKey::of)
            .distinct()
            .toList();
  }

  AuditKey present() {
    return all.get(0);
  }

  List<AuditKey> all() {
    return all;
  }

  /**
   * @param id empty for links of before ids were kept: those may be of each key
   */
  boolean knows(String id) {
    return id.isEmpty() || find(id).isPresent();
  }

  Optional<AuditKey> find(String id) {
    return all.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
