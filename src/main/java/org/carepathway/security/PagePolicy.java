package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.header.HeaderWriter;

/**
 * What a browser may do with a page. It may stand in the frame of an EHR only where that EHR has
 * started the session ({@link EhrFrames}), and in no other.
 */
final class PagePolicy implements HeaderWriter {

  private static final String POLICY = "Content-Security-Policy";

  private final String policy;

  /**
   * @param policy without {@code frame-ancestors}
   */
  PagePolicy(String policy) {
    this.policy = policy;
  }

  @Override
  public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
    List<String> frames = EhrFrames.of(request);
    if (!response.containsHeader(POLICY)) {
      response.setHeader(
          POLICY,
          policy
              + "; frame-ancestors "
              + (frames.isEmpty() ? "'none'" : "'self' " + String.join(" ", frames)));
    }
    if (frames.isEmpty()) {
      response.setHeader("X-Frame-Options", "DENY");
    }
  }
}
