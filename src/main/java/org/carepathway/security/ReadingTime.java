package org.carepathway.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;

/**
 * What the reads of one batch take together. One search is stopped when it takes too long; hundreds
 * of them in one request would keep the database busy all the same.
 */
final class ReadingTime {

  private static final Set<String> READS = Set.of("GET", "HEAD");

  private final Duration most;
  private long spent;

  ReadingTime(Duration most) {
    this.most = most;
  }

  /** What writes take is limited where they are validated. */
  BundleEntryComponent of(JsonNode entry, Supplier<BundleEntryComponent> call) {
    if (!reads(entry.path("request"))) {
      return call.get();
    }
    if (spent >= most.toNanos()) {
      return BatchEntries.refused(
          HttpStatus.SERVICE_UNAVAILABLE,
          IssueType.TOOCOSTLY,
          "The reads and searches of one batch may take %d s together (carepathway.limits.batch-reads); this one was not begun. Send it again with fewer, or with searches that find less."
              .formatted(most.toSeconds()));
    }
    long begun = System.nanoTime();
    BundleEntryComponent answer = call.get();
    spent += System.nanoTime() - begun;
    return answer;
  }

  private static boolean reads(JsonNode request) {
    String url = request.path("url").asText();
    return READS.contains(request.path("method").asText())
        || url.contains("_search")
        || url.contains("$");
  }
}
