package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;

/** A browser sends several requests of one session at once. */
class SessionsTest extends RunningService {

  private static final String TOKEN = "token";

  @Autowired private SessionRepository<?> sessions;

  @Test
  void whatTwoRequestsKeepForTheFirstTimeIsKept() {
    keptByTwo(sessions);
  }

  private static <S extends Session> void keptByTwo(SessionRepository<S> sessions) {
    S begun = sessions.createSession();
    sessions.save(begun);
    S page = sessions.findById(begun.getId());
    S alarms = sessions.findById(begun.getId());
    page.setAttribute(TOKEN, "of the page");
    alarms.setAttribute(TOKEN, "of the alarms");
    sessions.save(page);
    sessions.save(alarms);
    assertThat(sessions.findById(begun.getId()).<String>getAttribute(TOKEN))
        .isEqualTo("of the alarms");
    sessions.deleteById(begun.getId());
  }
}
