package org.carepathway.content;

import org.apache.commons.codec.digest.DigestUtils;

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
    return DigestUtils.sha256Hex(body);
  }
}
