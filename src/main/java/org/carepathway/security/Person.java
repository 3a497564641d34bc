package org.carepathway.security;

import java.io.Serial;
import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.User;

/** A local user with the name that people read. */
final class Person extends User {

  @Serial private static final long serialVersionUID = 1L;

  private final String display;

  Person(
      String username,
      String password,
      String display,
      Collection<? extends GrantedAuthority> authorities) {
    super(username, password, authorities);
    this.display = display;
  }

  String display() {
    return display;
  }
}
