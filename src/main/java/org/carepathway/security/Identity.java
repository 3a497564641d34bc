package org.carepathway.security;

import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who somebody is, as far as access needs it.
 *
 * @param name sign-in name
 * @param display the name that people read
 * @param teams {@code site} or {@code site/team}, whose patients they see; {@link Teams#EVERY} for
 *     those of all
 * @param scopes SMART scopes of the token; null where there is no token that narrows the roles
 * @param patient id of the Patient that a SMART app was opened for; null where it was for none
 * @param client id of the program that a person's token was given to; null where people use our
 *     pages, and where a system acts for itself
 */
record Identity(
    String name,
    String display,
    Set<String> teams,
    SmartScopes scopes,
    String patient,
    String client)
    implements SignedIn, AuthenticatedPrincipal, Serializable {

  /** Somebody whose roles no token narrows. */
  Identity(String name, String display, Set<String> teams) {
    this(name, display, teams, null, null, null);
  }

  @Override
  public Identity identity() {
    return this;
  }

  @Override
  public String getName() {
    return name;
  }

  Optional<SmartScopes> limits() {
    return Optional.ofNullable(scopes);
  }
}
