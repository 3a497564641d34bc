package org.carepathway.inbox;

import java.util.Set;

/** What a handler has made of a message. */
public sealed interface Effect {

  /** In words for who connects systems. */
  String said();

  /**
   * It is done; nothing more happens.
   *
   * @param patients ids of the Patients that it concerns
   */
  record Done(String said, Set<String> patients) implements Effect {}

  /** It waits until its patient is known here. */
  record Held(String said) implements Effect {}

  /** It waits until a person has answered. */
  record Asked(String said, Set<String> patients) implements Effect {}

  /** It cannot be handled, however often it is tried; kept until somebody replays it. */
  record Refused(String said) implements Effect {}
}
