package org.carepathway.browser;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one-time password of the test user {@code kc-otp}, as an app on a phone shows it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238</a>
 */
final class Totp {

  private static final String SECRET = "secret-of-the-otp-tests";
  private static final int SECONDS = 30;

  private Totp() {}

  static String now() throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] hash =
        mac.doFinal(
            ByteBuffer.allocate(Long.BYTES)
                .putLong(Instant.now().getEpochSecond() / SECONDS)
                .array());
    int offset = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & Integer.MAX_VALUE;
    return "%06d".formatted(number % 1_000_000);
  }
}
