package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Conditions of a request where they mean nothing. Passed over, they would let through what their
 * sender wanted to be stopped, so they are refused (400). {@code If-Modified-Since} of a write is
 * passed over, as HTTP says (RFC 9110, 13.1.3).
 */
@Component
@Interceptor
class Preconditions implements FhirInterceptor {

  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final Set<String> OF_WHAT_IS_THERE = Set.of("PUT", "PATCH", "DELETE");

  /** Their Task's version is a condition of theirs. */
  private static final Set<String> VERSIONED =
      Set.of("Task/$claim", "Task/$release", "Task/$complete");

  private static final String ANYTHING = "*";

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.BODY)
  public void check(RequestDetails request) {
    if (request instanceof ServletRequestDetails details) {
      // A PUT by identifier may have become a create by now.
      String method = details.getServletRequest().getMethod();
      String operation = request.getResourceName() + '/' + request.getOperation();
      if (request.getHeader("If-Match") != null
          && !OF_WHAT_IS_THERE.contains(method)
          && !VERSIONED.contains(operation)) {
        throw refused(
            "If-Match names a version of what is to be changed, and this request changes nothing that is there; leave it out.");
      }
      String noneMatch = request.getHeader("If-None-Match");
      if (noneMatch != null && !READS.contains(method)) {
        ofWrite(method, noneMatch);
      }
      if (request.getHeader("If-None-Exist") != null && !isCreate(method, request)) {
        throw refused(
            "If-None-Exist is a condition of a create (POST of a type) and of no other request; to update by identifier send PUT with ?identifier= in the address.");
      }
    }
  }

  private static boolean isCreate(String method, RequestDetails request) {
    return method.equals("POST")
        && request.getResourceName() != null
        && request.getOperation() == null;
  }

  private static void ofWrite(String method, String noneMatch) {
    if (!method.equals("PUT")) {
      throw refused(
          "If-None-Match is a condition of a read and of a PUT; for a create send If-None-Exist with its identifier.");
    }
    if (!noneMatch.strip().equals(ANYTHING)) {
      throw refused(
          "If-None-Match of a write can only be *, which means: create, and replace nothing.");
    }
  }

  private static InvalidRequestException refused(String text) {
    return new InvalidRequestException(text);
  }
}
