package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class RequestLimitsTest {

  private static final FilterChain ANSWERED = (request, response) -> {};

  private final RequestLimits limits =
      new RequestLimits(
          new LimitSettings(2, 3, 10, DataSize.ofKilobytes(1), Duration.ofSeconds(1)));

  @Test
  void whoCallsTheApiTooOftenMustWait() throws Exception {
    for (int n = 0; n < 3; n++) {
      assertThat(call("one").getStatus()).isEqualTo(200);
    }
    MockHttpServletResponse refused = call("one");

    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.getHeader("Retry-After"))).isBetween(1, 60);
    assertThat(refused.getContentAsString())
        .contains("OperationOutcome", "throttled", "Retry-After");
    assertThat(call("another").getStatus()).as("others are not held up").isEqualTo(200);
  }

  /** An error that is sent, and not only a status, is shown as a page. */
  @Test
  void whoFailsToSignInTooOftenGetsAPage() throws Exception {
    for (int n = 0; n < 2; n++) {
      assertThat(signIn().getRedirectedUrl()).isEqualTo("/login?error");
    }
    MockHttpServletResponse refused = signIn();
    assertThat(refused.getStatus()).isEqualTo(429);
    assertThat(refused.isCommitted()).as("sent").isTrue();
  }

  private MockHttpServletResponse signIn() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    limits.doFilter(
        new MockHttpServletRequest("POST", "/login"),
        response,
        (request, answer) -> ((HttpServletResponse) answer).sendRedirect("/login?error"));
    return response;
  }

  private MockHttpServletResponse call(String token) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/fhir/Task");
    request.addHeader("Authorization", "Bearer " + token);
    MockHttpServletResponse response = new MockHttpServletResponse();
    limits.doFilter(request, response, ANSWERED);
    return response;
  }
}
