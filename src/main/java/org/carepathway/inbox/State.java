package org.carepathway.inbox;

import java.util.Locale;

/** Where a message stands. */
public enum State {
  /** Waits for its turn. */
  NEW,
  /** Waits for a patient who is not known yet. */
  HELD,
  /** Waits for the answer of a person. */
  ASKED,
  DONE,
  /** Could not be handled; waits for somebody who replays it. */
  DEAD,
  /** A person has decided that it need not be handled. */
  ASIDE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static State of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
