package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;

/** In whose frames the pages of a request or session may stand: those of the EHR that began it. */
public final class EhrFrames {

  private static final String FRAMES = EhrFrames.class.getName();

  private EhrFrames() {}

  /** The answer to this request only, such as a refusal. */
  public static void allow(HttpServletRequest request, List<String> origins) {
    request.setAttribute(FRAMES, new ArrayList<>(origins));
  }

  /** All pages of the session. */
  public static void allow(HttpSession session, List<String> origins) {
    session.setAttribute(FRAMES, new ArrayList<>(origins));
  }

  @SuppressWarnings("unchecked")
  static List<String> of(HttpServletRequest request) {
    if (request.getAttribute(FRAMES) instanceof List<?> origins) {
      return (List<String>) origins;
    }
    HttpSession session = request.getSession(false);
    return session != null && session.getAttribute(FRAMES) instanceof List<?> origins
        ? (List<String>) origins
        : List.of();
  }
}
