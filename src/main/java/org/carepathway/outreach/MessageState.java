package org.carepathway.outreach;

/** What has become of a message. */
public enum MessageState {
  /** To be handed over once it is due. */
  WAITING("waiting"),
  /** Being handed over; a process that dies leaves it so. */
  CLAIMED("claimed"),
  /** Taken by the mail server, gateway or printer: whether it arrived is not known. */
  HANDED_OVER("handed-over"),
  DELIVERED("delivered"),
  FAILED("failed"),
  /** It may have left or not; it is not sent again, and the next rung follows. */
  UNSURE("unsure"),
  /** It must not leave any more. */
  STOPPED("stopped");

  private final String code;

  MessageState(String code) {
    this.code = code;
  }

  /** It has not arrived, or nobody can say. */
  boolean isLost() {
    return this == FAILED || this == UNSURE;
  }

  public String code() {
    return code;
  }

  static MessageState ofCode(String code) {
    for (MessageState state : values()) {
      if (state.code.equals(code)) {
        return state;
      }
    }
    throw new IllegalArgumentException("unknown state " + code);
  }
}
