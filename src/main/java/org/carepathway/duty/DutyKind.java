package org.carepathway.duty;

/** What people are asked to do by hand. */
public enum DutyKind {
  /** Send a letter that the service has written and cannot send. */
  LETTER("letter"),
  /** Move a booking that cannot stand and that no pathway sees to. */
  BOOKING("booking"),
  /** Tell somebody of a booking whose invitation was not taken. */
  INVITATION("invitation"),
  /** Say which place another system means. */
  PLACE("place");

  private final String code;

  DutyKind(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  static DutyKind ofCode(String code) {
    for (DutyKind kind : values()) {
      if (kind.code.equals(code)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind " + code);
  }
}
