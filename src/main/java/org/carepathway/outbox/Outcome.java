package org.carepathway.outbox;

import java.time.Duration;
import java.time.Instant;

/** How an attempt to send has ended. */
public sealed interface Outcome {

  /** In words for who connects systems; names no patient. */
  String said();

  /**
   * The site has it, or need not have it.
   *
   * @param isNew whether it was sent now
   * @param sent what it has now; null where nothing was sent
   */
  record Done(Rung rung, String said, boolean isNew, Sent sent) implements Outcome {}

  /**
   * A person enters it.
   *
   * @param text to enter
   * @param owner role
   * @param until when
   */
  record ByHand(String said, String text, String owner, Instant until, Sent sent)
      implements Outcome {}

  /**
   * It is tried again.
   *
   * @param isOfSite whether the site was away or failed, so that any other entry may fare the same
   * @param counts whether it may have failed by what is in the entry, and so is not tried for ever
   * @param after how long the site is left alone at least; null where it says nothing
   */
  record Later(String said, boolean isOfSite, boolean counts, Duration after) implements Outcome {}

  /** It is not tried again by itself. */
  record Dead(SendFault fault, String said) implements Outcome {}
}
