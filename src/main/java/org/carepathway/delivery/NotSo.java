package org.carepathway.delivery;

/** It cannot be said which of the EHR's resources is ours, or it is not as it was sent. */
final class NotSo extends RuntimeException {

  private final boolean passes;

  /**
   * @param passes whether another attempt may find it otherwise
   */
  NotSo(String said, boolean passes) {
    super(said);
    this.passes = passes;
  }

  boolean passes() {
    return passes;
  }
}
