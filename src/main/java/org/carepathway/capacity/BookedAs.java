package org.carepathway.capacity;

import java.util.Arrays;
import java.util.Optional;

/** The CodeSystem {@code booked-as}: what takes part in an appointment. */
public enum BookedAs {
  ROOM("room", true),
  OPERATOR("operator", false),
  SEDATION_NURSE("sedation-nurse", false),
  RECOVERY_BAY("recovery-bay", true);

  private final String code;
  private final boolean place;

  BookedAs(String code, boolean place) {
    this.code = code;
    this.place = place;
  }

  public String code() {
    return code;
  }

  /** Whether it is a Location; else a PractitionerRole. */
  boolean isPlace() {
    return place;
  }

  static Optional<BookedAs> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
