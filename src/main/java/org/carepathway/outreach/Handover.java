package org.carepathway.outreach;

/** How an attempt to hand a message over has ended. */
public sealed interface Handover {

  /** Why, or by what the other side knows it; for people who look after it, in English. */
  String said();

  /**
   * Taken.
   *
   * @param said by what the gateway knows it; may be null
   */
  record Taken(String said) implements Handover {}

  /** Not taken, and another attempt would not be either: the address is wrong. */
  record Refused(String said) implements Handover {}

  /** Certainly not taken; to be tried again. */
  record Later(String said) implements Handover {}

  /** It may have been taken or not. */
  record Unsure(String said) implements Handover {}
}
