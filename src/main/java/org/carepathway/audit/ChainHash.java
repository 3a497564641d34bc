package org.carepathway.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over an event, its position and the hash of the one before. */
final class ChainHash {

  static final byte[] FIRST = new byte[32];

  private static final String ALGORITHM = "HmacSHA256";

  /** All columns of an event, in the order hashed. */
  static final String COLUMNS =
      "e.id, extract(epoch from e.at), e.kind, e.succeeded, e.who, e.display, e.address, e.about,"
          + " e.patients, e.emergency, e.body";

  private static final int COLUMN_COUNT = 11;

  private final Mac mac;

  ChainHash(String key) {
    mac = mac(key);
  }

  static Mac mac(String key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /**
   * @param row at {@link #COLUMNS}, the first of which is column {@code first}
   */
  byte[] of(byte[] before, long position, ResultSet row, int first) throws SQLException {
    mac.update(before);
    mac.update(String.valueOf(position).getBytes(StandardCharsets.UTF_8));
    for (int column = first; column < first + COLUMN_COUNT; column++) {
      byte[] value = row.getString(column).getBytes(StandardCharsets.UTF_8);
      // With the length, so that text cannot move from one column to the next.
      mac.update(("\n" + value.length + ':').getBytes(StandardCharsets.UTF_8));
      mac.update(value);
    }
    return mac.doFinal();
  }
}
