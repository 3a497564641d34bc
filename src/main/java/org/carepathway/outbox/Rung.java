package org.carepathway.outbox;

import java.util.Locale;

/** How a site receives something, the best first. */
public enum Rung {
  /** As the resource it is. */
  NATIVE,
  /** As a DocumentReference that says it in words. */
  DOCUMENT,
  /** As a Communication that says it in words. */
  COMMUNICATION,
  /** As a message of HL7 v2. */
  MESSAGE,
  /** A person enters it. */
  HAND;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException where there is no such rung
   */
  public static Rung of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
