package org.carepathway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.carepathway.fhir.FhirRefusals;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers who asks too often with 429 and {@code Retry-After}: an address that fails to sign in
 * again and again, and a caller of the API.
 */
class RequestLimits extends OncePerRequestFilter {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_SENDERS = 100_000;

  private final LimitSettings settings;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_SENDERS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  RequestLimits(LimitSettings settings) {
    this.settings = settings;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Bucket failures = bucket("failed " + request.getRemoteAddr(), settings.failedSignIns());
    if (tries(request) && failures.getAvailableTokens() == 0) {
      refuse(request, response, failures.estimateAbilityToConsume(1).getNanosToWaitForRefill());
      return;
    }
    if (isApi(request)) {
      ConsumptionProbe call =
          bucket("api " + sender(request), settings.apiCalls()).tryConsumeAndReturnRemaining(1);
      if (!call.isConsumed()) {
        refuse(request, response, call.getNanosToWaitForRefill());
        return;
      }
      if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
        // So that a body that is too long is refused before it is read.
        FhirRefusals.write(
            request,
            response,
            HttpStatus.LENGTH_REQUIRED,
            IssueType.TOOLONG,
            "Send the header Content-Length: a body in chunks (Transfer-Encoding) is not taken.");
        return;
      }
      if (request.getContentLengthLong() > settings.body().toBytes()) {
        FhirRefusals.write(
            request,
            response,
            HttpStatus.PAYLOAD_TOO_LARGE,
            IssueType.TOOLONG,
            "A body may have at most %d kB, and this one has %d kB; nothing was stored. Send it in parts."
                .formatted(
                    settings.body().toKilobytes(), request.getContentLengthLong() / 1024 + 1));
        return;
      }
    }
    chain.doFilter(request, response);
    if (tries(request) && hasFailed(response)) {
      failures.tryConsume(1);
    }
  }

  private static boolean isApi(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/fhir");
  }

  /** Whether it brings a name, password or token. */
  private static boolean tries(HttpServletRequest request) {
    return request.getHeader(HttpHeaders.AUTHORIZATION) != null
        || request.getRequestURI().startsWith("/login") && request.getMethod().equals("POST");
  }

  private static boolean hasFailed(HttpServletResponse response) {
    return response.getStatus() == HttpStatus.UNAUTHORIZED.value()
        || Optional.ofNullable(response.getHeader(HttpHeaders.LOCATION))
            .filter(to -> to.endsWith("/login?error"))
            .isPresent();
  }

  /** Kept in memory only, and only as a number: the header is a secret. */
  private static String sender(HttpServletRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    return authorization == null
        ? request.getRemoteAddr()
        : Integer.toHexString(authorization.hashCode());
  }

  private Bucket bucket(String sender, int aMinute) {
    return buckets.get(
        sender,
        key ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(aMinute).refillGreedy(aMinute, MINUTE))
                .build());
  }

  /** People get a page that says so, systems the status. */
  private static void refuse(HttpServletRequest request, HttpServletResponse response, long nanos)
      throws IOException {
    response.setHeader(
        HttpHeaders.RETRY_AFTER, String.valueOf(Duration.ofNanos(nanos).toSeconds() + 1));
    if (isApi(request)) {
      FhirRefusals.write(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          IssueType.THROTTLED,
          "Too many requests, or too many failed sign-ins from this address; nothing was done. Try"
              + " again when the seconds of the header Retry-After have passed.");
    } else {
      response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
    }
  }
}
