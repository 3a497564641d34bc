package org.carepathway.subscription;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.carepathway.startup.StartUpException;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.encrypt.Encryptors;
import org.springframework.stereotype.Component;

/**
 * Keeps secrets of subscribers so that who reads the database does not read them: AES-GCM with keys
 * of the settings. The newest seals, each opens.
 */
@Component
class Sealed {

  private static final int SHORTEST = 32;

  /** The keys are long and random, so that the salt need not be. */
  private static final String SALT = "7375627363726970";

  private final List<BytesEncryptor> keys;

  Sealed(SubscriberSettings settings) {
    keys = settings.keys().stream().map(Sealed::key).toList();
  }

  private static BytesEncryptor key(String key) {
    if (key.length() < SHORTEST) {
      throw new StartUpException(
          "A key of carepathway.subscriptions.keys is shorter than %d characters."
              .formatted(SHORTEST),
          "Make one with: openssl rand -base64 32",
          null);
    }
    return Encryptors.stronger(key, SALT);
  }

  /** Whether there is a key. */
  boolean isPossible() {
    return !keys.isEmpty();
  }

  String seal(String secret) {
    return Base64.getEncoder()
        .encodeToString(keys.get(0).encrypt(secret.getBytes(StandardCharsets.UTF_8)));
  }

  /** Empty where none of the keys is the one that it was sealed with. */
  Optional<String> open(String sealed) {
    byte[] bytes = Base64.getDecoder().decode(sealed);
    return keys.stream().flatMap(key -> opened(key, bytes).stream()).findFirst();
  }

  private static Optional<String> opened(BytesEncryptor key, byte[] sealed) {
    try {
      return Optional.of(new String(key.decrypt(sealed), StandardCharsets.UTF_8));
    } catch (IllegalStateException | IllegalArgumentException otherKey) {
      return Optional.empty();
    }
  }
}
