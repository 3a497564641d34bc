package org.carepathway.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of content.
 *
 * @param path relative to the content's location, e.g. {@code bpmn/<pathway>/<name>.bpmn}
 */
public record ContentFile(String path, String body) {

  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  boolean isIn(String folder) {
    return path.startsWith(folder + "/");
  }

  /** Whether it is FHIR content of this kind, of whichever pathway. */
  boolean isOf(String kind) {
    return path.matches("fhir-profiles/[^/]+/" + kind + "/.*");
  }

  String sha256() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
