package org.carepathway.audit;

import org.carepathway.startup.StartUpException;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The secret that the chain is made with. Only the demo has one that everybody knows: elsewhere
 * nothing starts without a secret of its own.
 */
@Component
final class AuditKey {

  /** In application-demo.yaml. */
  private static final String KNOWN = "care-pathway";

  private static final String DEMO = "demo";
  private static final int SHORTEST = 16;
  private static final String REMEDY =
      "Make a secret, for instance with 'openssl rand -base64 32', keep a copy of it outside the"
          + " database, and give it as CAREPATHWAY_AUDIT_KEY (in Kubernetes: audit.existingSecret"
          + " of the chart).";

  private final String secret;

  AuditKey(AuditSettings settings, Environment environment) {
    this.secret = settings.key();
    if (secret.isBlank()) {
      throw new StartUpException("carepathway.audit.key is not set.", REMEDY, null);
    }
    if (!environment.matchesProfiles(DEMO)) {
      if (secret.equals(KNOWN)) {
        throw new StartUpException(
            "carepathway.audit.key is the demo's, which everybody knows.", REMEDY, null);
      }
      if (secret.length() < SHORTEST) {
        throw new StartUpException(
            "carepathway.audit.key is shorter than %d characters.".formatted(SHORTEST),
            REMEDY,
            null);
      }
    }
  }

  String secret() {
    return secret;
  }
}
