package org.carepathway.capacity;

/**
 * Why somebody or something cannot be booked.
 *
 * @param kind of what is wanted, such as {@code room}
 * @param name as it was asked for
 * @param during when it is taken or away; the time that was asked for, where nothing else is known
 * @param detail the reason of an absence, or the names that there are; empty for none
 */
public record Conflict(Reason reason, String kind, String name, Period during, String detail) {

  /** What stands in the way. */
  public enum Reason {
    /** Held or booked for somebody else. */
    TAKEN,
    /** Booked by another system, which cannot be refused: possible, once somebody has said so. */
    BUSY,
    /** On leave, or closed. */
    AWAY,
    /** Nobody and nothing of this name has been set up, while others of the kind have. */
    UNKNOWN,
    /** On leave, or closed, and a lead has allowed it all the same. */
    ALLOWED,
    /** Outside of its sessions: possible, once somebody has said that it is meant. */
    NO_SESSION
  }

  /** An absence that a lead has overridden; anything else stays. */
  Conflict allowed(String by, String why) {
    return reason == Reason.AWAY
        ? new Conflict(Reason.ALLOWED, kind, name, during, "%s; %s: %s".formatted(detail, by, why))
        : this;
  }

  /** Whether it can be confirmed. */
  public boolean canBeConfirmed() {
    return reason == Reason.NO_SESSION || reason == Reason.ALLOWED || reason == Reason.BUSY;
  }
}
