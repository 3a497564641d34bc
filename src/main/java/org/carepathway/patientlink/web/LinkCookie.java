package org.carepathway.patientlink.web;

import java.time.Duration;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** What a browser keeps that has told the right date of birth: for one link, and two hours. */
@Component
class LinkCookie {

  static final String NAME = "link-proof";

  private static final Duration KEPT = Duration.ofHours(2);

  private final boolean secure;

  LinkCookie(ServerProperties server) {
    this.secure = !Boolean.FALSE.equals(server.getServlet().getSession().getCookie().getSecure());
  }

  String of(String token, String proof) {
    return ResponseCookie.from(NAME, proof)
        .path("/link/" + token)
        .httpOnly(true)
        .secure(secure)
        .sameSite("Strict")
        .maxAge(KEPT)
        .build()
        .toString();
  }
}
