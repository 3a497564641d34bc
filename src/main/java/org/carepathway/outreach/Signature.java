package org.carepathway.outreach;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Signs what goes to a gateway and comes from it: HMAC-SHA-256 over {@code time.body}, in hex. */
final class Signature {

  private Signature() {}

  /**
   * @param time seconds since 1970, as it is sent
   */
  static String of(String secret, String time, byte[] body) {
    byte[] prefix = (time + '.').getBytes(StandardCharsets.UTF_8);
    byte[] signed = new byte[prefix.length + body.length];
    System.arraycopy(prefix, 0, signed, 0, prefix.length);
    System.arraycopy(body, 0, signed, prefix.length, body.length);
    return "sha256="
        + new HmacUtils(HmacAlgorithms.HMAC_SHA_256, secret.getBytes(StandardCharsets.UTF_8))
            .hmacHex(signed);
  }

  static boolean is(String sent, String secret, String time, byte[] body) {
    return sent != null
        && MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8),
            of(secret, time, body).getBytes(StandardCharsets.UTF_8));
  }
}
