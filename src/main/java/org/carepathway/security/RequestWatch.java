package org.carepathway.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells of each request when it is answered. It stands inside the security filters, where it is
 * known who asks, and outside those that refuse.
 */
class RequestWatch extends OncePerRequestFilter {

  static final Identity ANONYMOUS = new Identity("anonymous", "Nobody signed in", Set.of());

  private final CurrentUser user;
  private final ApplicationEventPublisher events;

  RequestWatch(CurrentUser user, ApplicationEventPublisher events) {
    this.user = user;
    this.events = events;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Identity> before = user.identity();
    try {
      chain.doFilter(request, response);
    } finally {
      Optional<Identity> who = user.identity().or(() -> before);
      events.publishEvent(
          new RequestEnded(
              request,
              who.orElse(ANONYMOUS).name(),
              who.orElse(ANONYMOUS).display(),
              who.isPresent(),
              response.getStatus(),
              SeenPatients.shown(request),
              SeenPatients.refused(request),
              SeenPatients.isExport(request),
              SeenPatients.isEmergency(request),
              SeenPatients.isNoted(request)));
    }
  }
}
