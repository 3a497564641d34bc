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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * How much one address may ask of the links of patients: there is no sign-in before them. Answers
 * are small; what is larger is no answer.
 */
class LinkLimits extends OncePerRequestFilter {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 100_000;
  private static final long LARGEST = 200_000;

  private final int aMinute;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder()
          .maximumSize(MOST_ADDRESSES)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  LinkLimits(LimitSettings settings) {
    this.aMinute = settings.links();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ConsumptionProbe asked =
        buckets
            .get(
                request.getRemoteAddr(),
                address ->
                    Bucket.builder()
                        .addLimit(limit -> limit.capacity(aMinute).refillGreedy(aMinute, MINUTE))
                        .build())
            .tryConsumeAndReturnRemaining(1);
    if (!asked.isConsumed()) {
      long seconds = Duration.ofNanos(asked.getNanosToWaitForRefill()).toSeconds() + 1;
      response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
      response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    } else if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || request.getContentLengthLong() > LARGEST) {
      response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
    } else {
      chain.doFilter(request, response);
    }
  }
}
