package org.carepathway.ehr;

import java.time.Duration;

/** An EHR did not answer as it should. The message names no patient. */
public final class EhrFault extends RuntimeException {

  private final Kind kind;
  private final transient Duration after;

  /**
   * @param after how long the EHR wants to be left alone; null where it says nothing
   */
  EhrFault(Kind kind, String said, Duration after, Throwable cause) {
    super(said, cause);
    this.kind = kind;
    this.after = after;
  }

  public EhrFault(Kind kind, String said) {
    this(kind, said, null, null);
  }

  public Kind kind() {
    return kind;
  }

  Duration after() {
    return after;
  }

  /** What went wrong. */
  public enum Kind {
    /** No connection, no answer in time, or one that did not end. */
    UNREACHABLE(true),
    /** Asks to be left alone for a while (429, 503). */
    BUSY(true),
    /** Failed itself (5xx). */
    FAULTY(true),
    /** Gives no token, or does not take it. */
    SIGN_IN(true),
    /** The answer is no FHIR, such as a page for people. */
    NO_FHIR(true),
    /** It is not called for the moment, as it failed before. */
    RESTING(true),
    /** Does not let us see this. */
    FORBIDDEN(false),
    /** Does not take the question, or cannot answer it. */
    REFUSED(false);

    private final boolean ofAll;

    Kind(boolean ofAll) {
      this.ofAll = ofAll;
    }

    /** Whether any other question would fare the same. */
    public boolean isOfAll() {
      return ofAll;
    }
  }
}
