package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.carepathway.fhir.FhirRefusals;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/**
 * Which pages of others may call {@code /fhir} in a browser (CORS): those of the listed origins. No
 * cookie is ever taken at {@code /fhir}, so a page can do no more than the token that it has.
 */
final class OtherOrigins {

  private static final Duration PREFLIGHT = Duration.ofMinutes(30);

  private static final String REFUSED =
      "Pages of this origin, or with this method or these headers, may not call /fhir: carepathway.access.origins lists those that may.";

  private OtherOrigins() {}

  static CorsFilter filter(List<String> origins) {
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(origins);
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH"));
    rules.setAllowedHeaders(
        List.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-Modified-Since",
            "If-None-Exist",
            "If-None-Match",
            "Prefer",
            "X-Request-Id"));
    rules.setExposedHeaders(
        List.of(
            "Accept-Patch",
            "Content-Location",
            "ETag",
            "Last-Modified",
            "Location",
            "Retry-After",
            "Warning",
            "WWW-Authenticate",
            "X-Request-ID"));
    rules.setAllowCredentials(false);
    rules.setMaxAge(PREFLIGHT);
    CorsFilter filter = new CorsFilter(request -> FhirRefusals.isFor(request) ? rules : null);
    filter.setCorsProcessor(new Refusing());
    return filter;
  }

  /** In an OperationOutcome, as every refusal at {@code /fhir}. */
  private static final class Refusing extends DefaultCorsProcessor {

    /** Spring stumbles over a range where one type is to be named. */
    @Override
    public boolean processRequest(
        CorsConfiguration rules, HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (String.valueOf(request.getContentType()).contains("*")) {
        FhirRefusals.write(
            request,
            response,
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            IssueType.INVALID,
            "The header Content-Type must name one type, such as application/fhir+json.");
        return false;
      }
      return super.processRequest(rules, request, response);
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
      response.setStatusCode(HttpStatus.FORBIDDEN);
      response.getHeaders().setContentType(MediaType.valueOf("application/fhir+json"));
      response.getBody().write(FhirRefusals.json(IssueType.FORBIDDEN, REFUSED));
      response.flush();
    }
  }
}
