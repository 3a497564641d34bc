package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * A Bundle of the type {@code batch}: each entry is a request of its own (R4, http.html#batch), so
 * each goes the way of one, with its rights, narrowing, validation, transaction and audit, and is
 * answered by itself. One may read.
 */
@Component
@Interceptor
class Batch implements FhirInterceptor {

  /** Each counts as no call of its own, so there cannot be any number of them. */
  static final int MOST_ENTRIES = 500;

  private static final int OK = 200;
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String NOTE = Batch.class.getName();

  private final FhirContext fhirContext;
  private final CurrentUser user;
  private final ApplicationEventPublisher events;
  private final LimitSettings limits;

  Batch(
      FhirContext fhirContext,
      CurrentUser user,
      ApplicationEventPublisher events,
      LimitSettings limits) {
    this.fhirContext = fhirContext;
    this.user = user;
    this.events = events;
    this.limits = limits;
  }

  /** Whether a Bundle that was sent is a batch; whatever cannot be read is none. */
  static boolean isOne(RequestDetails request) {
    return (boolean)
        request.getUserData().computeIfAbsent(NOTE, key -> "batch".equals(BatchBody.type(request)));
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.BATCH)
  public boolean answer(
      RequestDetails request, HttpServletRequest http, HttpServletResponse response)
      throws IOException {
    if (request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION || !isOne(request)) {
      return true;
    }
    JsonNode entries = BatchBody.of(request, fhirContext).path("entry");
    if (!entries.isMissingNode() && !entries.isArray()) {
      throw new InvalidRequestException("'Bundle.entry' must be a list; nothing was done.");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw new InvalidRequestException(
          "A batch may have at most %d entries, and this one has %d; nothing was done. Send it in parts."
              .formatted(MOST_ENTRIES, entries.size()));
    }
    BatchEntries calls =
        new BatchEntries(
            (RestfulServer) request.getServer(), (ServletRequestDetails) request, user, events);
    Bundle answers = new Bundle().setType(Bundle.BundleType.BATCHRESPONSE);
    for (JsonNode entry : entries) {
      answers.addEntry(answer(calls, entry));
    }
    RestfulServerUtils.streamResponseAsResource(
        request.getServer(), answers, Set.of(), OK, false, request.isRespondGzip(), request);
    return false;
  }

  private BundleEntryComponent answer(BatchEntries calls, JsonNode entry) {
    if (!reads(entry.path("request"))) {
      return calls.answer(entry);
    }
    try {
      return ReadingTime.now(limits.batchReads())
          .map(time -> time.of(Duration.ZERO, () -> calls.answer(entry)))
          .orElseGet(() -> calls.answer(entry));
    } catch (UnclassifiedServerFailureException spent) {
      return BatchEntries.refused(spent);
    }
  }

  /** What writes search for is counted where they do (Sight). */
  private static boolean reads(JsonNode request) {
    String url = request.path("url").asText();
    return READS.contains(request.path("method").asText())
        || url.contains("_search")
        || url.contains("$");
  }
}
