package org.carepathway.fact;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What the barcode text of a device says: a Unique Device Identifier as GS1 or HIBCC write it.
 *
 * @param issuer the naming system of who issued it, as R4 names it (Device.udiCarrier.issuer)
 * @param deviceIdentifier the fixed part: maker and model
 * @param lot null if it has none
 * @param serial null if it has none
 * @param expiry the last day it may be used; null if it has none
 */
public record Udi(
    String issuer, String deviceIdentifier, String lot, String serial, LocalDate expiry) {

  /**
   * Reads the text under a barcode, or what a scanner gives.
   *
   * @return empty for any other text, and for one whose check digit or dates are wrong
   */
  public static Optional<Udi> read(String text) {
    String trimmed = text.strip();
    return trimmed.startsWith("+") ? Hibc.read(trimmed) : Gs1.read(trimmed);
  }
}
