package org.carepathway.security;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Which of our sessions belong to which session at Keycloak. When Keycloak ends one (back-channel
 * logout), ours is deleted from the database, and so for every replica.
 */
@Component
@ConditionalOnProperty("carepathway.sign-in.issuer")
class KeycloakSessions implements OidcSessionRegistry {

  private final JdbcTemplate jdbc;
  private final SessionRepository<?> sessions;

  KeycloakSessions(JdbcTemplate jdbc, SessionRepository<?> sessions) {
    this.jdbc = jdbc;
    this.sessions = sessions;
  }

  @Override
  public void saveSessionInformation(OidcSessionInformation session) {
    // Those that ended by themselves are of no use any more.
    jdbc.update(
        """
        delete from keycloak_session k
        where not exists (select 1 from spring_session s where s.session_id = k.session_id)""");
    jdbc.update(
        """
        insert into keycloak_session (session_id, sid, subject) values (?, ?, ?)
        on conflict (session_id) do update set sid = excluded.sid, subject = excluded.subject""",
        session.getSessionId(),
        session.getPrincipal().getClaimAsString("sid"),
        session.getPrincipal().getSubject());
  }

  @Override
  public OidcSessionInformation removeSessionInformation(String sessionId) {
    jdbc.update("delete from keycloak_session where session_id = ?", sessionId);
    return null;
  }

  @Override
  public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
    List<String> ended =
        token.getSessionId() != null
            ? jdbc.queryForList(
                "delete from keycloak_session where sid = ? returning session_id",
                String.class,
                token.getSessionId())
            : jdbc.queryForList(
                "delete from keycloak_session where subject = ? returning session_id",
                String.class,
                token.getSubject());
    ended.forEach(sessions::deleteById);
    return List.of();
  }
}
