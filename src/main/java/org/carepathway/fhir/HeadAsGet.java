package org.carepathway.fhir;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers HEAD at {@code /fhir} as the GET of the same address, which is what HTTP says (RFC 9110,
 * section 9.3.2). HAPI knows it for a read only. The container, which has seen HEAD, sends no body.
 */
@Component
class HeadAsGet extends OncePerRequestFilter {

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !HttpMethod.HEAD.matches(request.getMethod())
        || !request.getRequestURI().startsWith(request.getContextPath() + "/fhir");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(
        new HttpServletRequestWrapper(request) {
          @Override
          public String getMethod() {
            return HttpMethod.GET.name();
          }
        },
        response);
  }
}
