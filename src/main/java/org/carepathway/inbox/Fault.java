package org.carepathway.inbox;

import java.util.Locale;

/** Of what kind the reason is that a message could not be handled: it says who can mend it. */
public enum Fault {
  /** It was refused at the door: whoever sends it. */
  UNREADABLE,
  /** What it says cannot be taken over: whoever sends it, or the mapping tables. */
  CONTENT,
  /** Something else wrote the same each time that it was tried: a replay. */
  CONFLICT,
  /** The service failed: its log says where. */
  SERVICE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Fault of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
