package org.carepathway.security;

import java.time.Duration;
import java.util.List;
import org.carepathway.fhir.FhirRefusals;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.filter.CorsFilter;

/**
 * Which pages of others may call {@code /fhir} in a browser (CORS): those of the listed origins. No
 * cookie is ever taken at {@code /fhir}, so a page can do no more than the token that it has.
 */
final class OtherOrigins {

  private static final Duration PREFLIGHT = Duration.ofMinutes(30);

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
    return new CorsFilter(request -> FhirRefusals.isFor(request) ? rules : null);
  }
}
