package org.carepathway.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Name-based ids (UUID version 5, RFC 4122 section 4.3): the same step done again writes the same
 * resource again and not a second one.
 */
public final class StableIds {

  private static final UUID NAMESPACE = UUID.fromString("6b0d1f4e-3c52-5b0e-9f0a-2f1c7f9d4a10");

  private StableIds() {}

  /** The id of a resource from its trigger, BPMN element, template and repetition (from 0). */
  public static UUID of(String trigger, String element, String template, int repetition) {
    return of(trigger + '\n' + element + '\n' + template + '\n' + repetition);
  }

  /** The id of a name. */
  public static UUID of(String name) {
    byte[] hash = sha1(NAMESPACE, name);
    hash[6] = (byte) (hash[6] & 0x0f | 0x50);
    hash[8] = (byte) (hash[8] & 0x3f | 0x80);
    return new UUID(toLong(hash, 0), toLong(hash, 8));
  }

  private static byte[] sha1(UUID namespace, String name) {
    MessageDigest digest = DigestUtils.getSha1Digest();
    digest.update(toBytes(namespace));
    return digest.digest(name.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] toBytes(UUID uuid) {
    return ByteBuffer.allocate(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  private static long toLong(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes, offset, 8).getLong();
  }
}
