package org.carepathway.security;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** Runs something under a role, for the demo's cohort. */
public final class ActAs {

  private ActAs() {}

  /**
   * @param name sign-in name that the record will show
   * @param display the name that people read
   */
  public static <T> T role(Role role, String name, String display, Supplier<T> action) {
    SecurityContext before = SecurityContextHolder.getContext();
    List<SimpleGrantedAuthority> authorities =
        List.of(new SimpleGrantedAuthority(role.authority()));
    Person person = new Person(name, "", display, Set.of(Teams.EVERY), authorities);
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(person, null, authorities)));
    try {
      return action.get();
    } finally {
      SecurityContextHolder.setContext(before);
    }
  }
}
