package org.carepathway.inbox;

import java.util.Locale;

/**
 * What became of a message at the door.
 *
 * @param number of the message in the inbox
 */
public record Receipt(long number, Kind kind) {

  /** The kinds of receipts. */
  public enum Kind {
    /** Kept now. */
    KEPT,
    /** The same was kept before; nothing more happens. */
    AGAIN,
    /** Another content was kept under the same number; this one was not accepted. */
    OTHER_CONTENT;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
