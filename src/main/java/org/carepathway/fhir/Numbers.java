package org.carepathway.fhir;

import org.hl7.fhir.r4.model.Identifier;

/**
 * Identifiers that say a number. One may have nothing but an extension in its place, such as
 * data-absent-reason (R4, Extensibility): HAPI's {@code hasValue} is true of it, and its value
 * null. Taken for a number it would be everybody's.
 */
public final class Numbers {

  private Numbers() {}

  public static boolean isGiven(Identifier number) {
    return number.getValueElement().hasValue();
  }

  /** With the system whose number it is. */
  public static boolean isWhole(Identifier number) {
    return isGiven(number) && number.getSystemElement().hasValue();
  }
}
