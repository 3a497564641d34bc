package org.carepathway.audit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One secret that links were made with.
 *
 * @param id kept with each link; tells which secret it was and not the secret
 * @param secret null where it is lost: such links cannot be checked
 */
record AuditKey(String id, String secret) {

  private static final String LOST = "lost:";
  private static final int ID_BYTES = 4;

  /**
   * @param text the secret, or {@code lost:} with the id of one that is lost
   */
  static AuditKey of(String text) {
    return text.startsWith(LOST)
        ? new AuditKey(text.substring(LOST.length()), null)
        : new AuditKey(id(text), text);
  }

  boolean isLost() {
    return secret == null;
  }

  private static String id(String secret) {
    byte[] digest =
        ChainHash.mac(secret).doFinal("id of the audit's key".getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
  }
}
