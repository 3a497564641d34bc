package org.carepathway.outbox;

import java.util.Locale;

/** Where an entry stands. */
public enum Standing {
  /** Waits for its turn. */
  NEW,
  /** A person enters it in the EHR, which takes it in no other way. */
  HAND,
  DONE,
  /** Could not be sent; waits for somebody who replays it. */
  DEAD,
  /** A person has decided that it need not be sent. */
  ASIDE;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Standing of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
