package org.carepathway.ehr;

import java.time.Duration;
import java.util.List;

/** An EHR did not answer as it should. The message names no patient. */
public final class EhrFault extends RuntimeException {

  private final Kind kind;
  private final transient Duration after;
  private final int status;
  private final transient List<String> codes;

  /**
   * @param after how long the EHR wants to be left alone; null where it says nothing
   */
  EhrFault(Kind kind, String said, Duration after, Throwable cause) {
    this(kind, said, after, cause, 0, List.of());
  }

  /**
   * @param status of the answer; 0 where there was none
   * @param codes of its OperationOutcome
   */
  EhrFault(
      Kind kind, String said, Duration after, Throwable cause, int status, List<String> codes) {
    super(said, cause);
    this.kind = kind;
    this.after = after;
    this.status = status;
    this.codes = List.copyOf(codes);
  }

  public EhrFault(Kind kind, String said) {
    this(kind, said, null, null);
  }

  public Kind kind() {
    return kind;
  }

  /** How long the EHR wants to be left alone; null where it says nothing. */
  public Duration after() {
    return after;
  }

  /** The status of the answer; 0 where there was none. */
  public int status() {
    return status;
  }

  /** The codes of the OperationOutcome that came with it, the EHR's own and those of FHIR. */
  public List<String> codes() {
    return codes;
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
