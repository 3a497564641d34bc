package org.carepathway.launch;

/** A launch does not lead in; its message key says why and what to do. */
final class LaunchRefusal extends RuntimeException {

  private final Why why;

  LaunchRefusal(Why why, Throwable cause) {
    super(why.key(), cause);
    this.why = why;
  }

  LaunchRefusal(Why why) {
    this(why, null);
  }

  Why why() {
    return why;
  }

  /** The reasons, each with a text for people. */
  enum Why {
    UNKNOWN_EHR("ehr", 403),
    NO_LAUNCH("parameter", 400),
    NOT_BEGUN("state", 400),
    REFUSED("refused", 403),
    UNCLEAR("unclear", 502),
    AWAY("away", 502),
    NO_USER("user", 403),
    UNKNOWN_USER("person", 403);

    private final String name;
    private final int status;

    Why(String name, int status) {
      this.name = name;
      this.status = status;
    }

    /** Of the message. */
    String key() {
      return "launch.refused." + name;
    }

    int status() {
      return status;
    }
  }
}
