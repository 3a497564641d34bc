package org.carepathway.launch;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A launch that has begun; it is kept in the session of the browser that began it.
 *
 * @param iss of the EHR
 * @param state by which the EHR's answer is told to belong to it
 * @param nonce that the id token must have
 * @param verifier of PKCE
 */
record PendingLaunch(String iss, String state, String nonce, String verifier)
    implements Serializable {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 32;

  static PendingLaunch of(String iss) {
    return new PendingLaunch(iss, random(), random(), random());
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return encoded(bytes);
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** RFC 7636, chapter 4.2. */
  String challenge() {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256")
              .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
