package org.carepathway.security;

import java.io.Serial;
import java.util.Collection;
import java.util.Set;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A local user with the name that people read and the teams whose patients they see. */
final class Person extends User implements SignedIn {

  @Serial private static final long serialVersionUID = 2L;

  private final Identity identity;

  Person(
      String username,
      String password,
      String display,
      Set<String> teams,
      Collection<? extends GrantedAuthority> authorities) {
    super(username, password, authorities);
    this.identity = new Identity(username, display, Set.copyOf(teams));
  }

  @Override
  public Identity identity() {
    return identity;
  }
}
