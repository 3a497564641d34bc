package org.carepathway.load;

/** Why a load cannot go on, and what to do; what was stored before stays stored. */
final class LoadStopped extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LoadStopped(String message) {
    super(message);
  }
}
