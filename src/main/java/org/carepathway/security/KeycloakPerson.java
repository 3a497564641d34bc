package org.carepathway.security;

import java.io.Serial;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Somebody who signed in at Keycloak with a browser. */
final class KeycloakPerson extends DefaultOidcUser implements SignedIn {

  @Serial private static final long serialVersionUID = 1L;

  private final Identity identity;

  KeycloakPerson(
      Collection<? extends GrantedAuthority> authorities, OidcIdToken token, Identity identity) {
    super(authorities, token, KeycloakClaims.NAME);
    this.identity = identity;
  }

  @Override
  public Identity identity() {
    return identity;
  }
}
