package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryResponseComponent;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Sends each entry of a batch through the server, as if it had come alone. */
record BatchEntries(
    RestfulServer server,
    ServletRequestDetails batch,
    CurrentUser user,
    ApplicationEventPublisher events) {

  private static final Logger LOG = LoggerFactory.getLogger(BatchEntries.class);
  private static final Identity ANONYMOUS = RequestWatch.ANONYMOUS;

  BundleEntryComponent answer(JsonNode entry) {
    Optional<BatchCall> call = BatchCall.of(batch, entry);
    if (call.isEmpty()) {
      return refused(
          HttpStatus.BAD_REQUEST,
          IssueType.INVALID,
          "An entry of a batch needs 'request' with a 'method' of HTTP and the 'url' of something here, such as Patient/1 or Observation?patient=1. This one has '%s' and '%s'."
              .formatted(
                  entry.path("request").path("method").asText(),
                  entry.path("request").path("url").asText()));
    }
    BatchAnswer answer = new BatchAnswer(batch.getServletResponse());
    RequestAttributes outer = RequestContextHolder.getRequestAttributes();
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(call.get()));
    try {
      server.service(call.get(), answer);
    } catch (IOException | ServletException | RuntimeException e) {
      LOG.error("an entry of a batch failed", e);
      answer.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
    } finally {
      RequestContextHolder.setRequestAttributes(outer);
    }
    ended(call.get(), answer.getStatus());
    return entry(answer);
  }

  private void ended(HttpServletRequest call, int status) {
    Optional<Identity> who = user.identity();
    events.publishEvent(
        new RequestEnded(
            call,
            who.orElse(ANONYMOUS).name(),
            who.orElse(ANONYMOUS).display(),
            who.isPresent(),
            status,
            SeenPatients.shown(call),
            SeenPatients.refused(call),
            SeenPatients.isExport(call),
            SeenPatients.isEmergency(call),
            SeenPatients.isNoted(call)));
  }

  private static BundleEntryComponent entry(BatchAnswer answer) {
    BundleEntryComponent entry = new BundleEntryComponent();
    BundleEntryResponseComponent response = entry.getResponse();
    HttpStatus status = HttpStatus.valueOf(answer.getStatus());
    response.setStatus(status.value() + " " + status.getReasonPhrase());
    response.setEtag(answer.getHeader(HttpHeaders.ETAG));
    response.setLocation(
        Optional.ofNullable(answer.getHeader(HttpHeaders.LOCATION))
            .orElse(answer.getHeader(HttpHeaders.CONTENT_LOCATION)));
    long modified = answer.date(HttpHeaders.LAST_MODIFIED);
    if (modified > 0) {
      response.setLastModified(new Date(modified));
    }
    String body = answer.body();
    if (!body.isBlank()) {
      Resource resource = (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(body);
      if (resource.fhirType().equals("OperationOutcome")) {
        response.setOutcome(resource);
      } else {
        entry.setResource(resource);
      }
    }
    return entry;
  }

  static BundleEntryComponent refused(HttpStatus status, IssueType kind, String text) {
    BundleEntryComponent entry = new BundleEntryComponent();
    entry
        .getResponse()
        .setStatus(status.value() + " " + status.getReasonPhrase())
        .setOutcome(Refusal.outcome(kind, null, text));
    return entry;
  }

  static BundleEntryComponent refused(BaseServerResponseException refusal) {
    BundleEntryComponent entry = new BundleEntryComponent();
    HttpStatus status = HttpStatus.valueOf(refusal.getStatusCode());
    entry
        .getResponse()
        .setStatus(status.value() + " " + status.getReasonPhrase())
        .setOutcome((Resource) refusal.getOperationOutcome());
    return entry;
  }

  /** The body of an entry's request, which may be empty. */
  static byte[] bytes(JsonNode resource) {
    return resource.isMissingNode()
        ? new byte[0]
        : resource.toString().getBytes(StandardCharsets.UTF_8);
  }
}
