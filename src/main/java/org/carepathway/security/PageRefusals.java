package org.carepathway.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.carepathway.security.Permissions.Kind;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;

/** What a page answers to who may not see it, or has not signed in. */
record PageRefusals(Permissions permissions) implements AccessDeniedHandler {

  /**
   * What is named nowhere is not there, for nobody; the rest is not for this role, or a form that
   * came without its token.
   */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
      throws IOException, ServletException {
    String page = firstPart(request);
    boolean known =
        permissions.subjects(Kind.PAGE).stream().anyMatch(each -> each.name().equals(page));
    if (!known && !(refusal instanceof CsrfException)) {
      response.sendError(HttpStatus.NOT_FOUND.value());
    } else {
      new AccessDeniedHandlerImpl().handle(request, response, refusal);
    }
  }

  static String firstPart(HttpServletRequest request) {
    return request.getRequestURI().split("[/;]", 3)[1];
  }

  /** A part of a page must not be replaced by the sign-in form: the script loads the page again. */
  static AuthenticationEntryPoint signIn() {
    AuthenticationEntryPoint form = new LoginUrlAuthenticationEntryPoint("/login");
    AuthenticationEntryPoint status = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
    return (request, response, refusal) ->
        (request.getHeader("HX-Request") == null ? form : status)
            .commence(request, response, refusal);
  }
}
