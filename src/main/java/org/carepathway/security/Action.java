package org.carepathway.security;

/** What can be done to something; the letters are those of SMART App Launch 2. */
public enum Action {
  CREATE('c'),
  /** One resource, also a former version of it. */
  READ('r'),
  UPDATE('u'),
  DELETE('d'),
  SEARCH('s'),
  /** Open a page, call an operation, do a step. */
  USE('x');

  private final char letter;

  Action(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }
}
