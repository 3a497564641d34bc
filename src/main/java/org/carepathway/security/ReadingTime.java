package org.carepathway.security;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What one request with many entries searches for, together: the reads of a batch, and the
 * conditions and references of what it stores. One search is stopped when it takes too long;
 * thousands of them in one request would keep the database busy all the same.
 */
final class ReadingTime {

  /** Where a request keeps it; the entries of a batch have that of the batch. */
  static final String NOTE = ReadingTime.class.getName();

  private static final String RETRY_SECONDS = "10";

  private final Duration most;
  private long spent;
  private boolean counts = true;

  private ReadingTime(Duration most) {
    this.most = most;
  }

  /** Of the request that this thread answers; empty outside of one. */
  static Optional<ReadingTime> now(Duration most) {
    return Optional.ofNullable(RequestContextHolder.getRequestAttributes())
        .filter(ServletRequestAttributes.class::isInstance)
        .map(now -> of(((ServletRequestAttributes) now).getRequest(), most));
  }

  private static ReadingTime of(HttpServletRequest request, Duration most) {
    if (request.getAttribute(NOTE) instanceof ReadingTime begun) {
      return begun;
    }
    ReadingTime time = new ReadingTime(most);
    request.setAttribute(NOTE, time);
    return time;
  }

  /**
   * Searches, and counts it once where it searches within.
   *
   * @param free of it that is not counted, so that many quick ones may be sent on a busy machine
   * @throws BaseServerResponseException (503) where the time is spent
   */
  <T> T of(Duration free, Supplier<T> search) {
    if (!counts) {
      return search.get();
    }
    if (spent >= most.toNanos()) {
      String text =
          "The reads, searches and conditions of one request may take %d s together (carepathway.limits.batch-reads); this one was not begun. Send it again with fewer, or with searches that find less."
              .formatted(most.toSeconds());
      throw new UnclassifiedServerFailureException(
              HttpStatus.SERVICE_UNAVAILABLE.value(),
              text,
              Refusal.outcome(IssueType.TOOCOSTLY, null, text))
          .addResponseHeader("Retry-After", RETRY_SECONDS);
    }
    long begun = System.nanoTime();
    counts = false;
    try {
      return search.get();
    } finally {
      counts = true;
      spent += Math.max(0, System.nanoTime() - begun - free.toNanos());
    }
  }
}
