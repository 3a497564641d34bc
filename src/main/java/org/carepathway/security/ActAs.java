package org.carepathway.security;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/**
 * Somebody who did not sign in as people do: the demo's cohort, systems with keys of theirs, and
 * patients who have opened a link.
 */
public final class ActAs {

  private ActAs() {}

  /**
   * For the rest of the current request, which keeps no session: a system has shown who it is.
   *
   * @param name by which the audit calls it
   * @param display the name that people read
   * @param teams {@code site} or {@code site/team}, whose patients it may ask for; {@code *} for
   *     all
   */
  public static void system(String name, String display, Set<String> teams) {
    List<SimpleGrantedAuthority> authorities =
        List.of(new SimpleGrantedAuthority(Role.INTEGRATION.authority()));
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(
                new Identity(name, display, teams), null, authorities)));
  }

  /**
   * @param name sign-in name that the record will show
   * @param display the name that people read
   */
  public static <T> T role(Role role, String name, String display, Supplier<T> action) {
    List<SimpleGrantedAuthority> authorities =
        List.of(new SimpleGrantedAuthority(role.authority()));
    Person person = new Person(name, "", display, Set.of(Teams.EVERY), authorities);
    return as(person, authorities, action);
  }

  /** As a patient, who sees their own record and does what they were asked. */
  public static <T> T patient(String patientId, Supplier<T> action) {
    return as(new ByLink(patientId), List.of(), action);
  }

  static <T> T as(
      SignedIn person, Collection<? extends GrantedAuthority> authorities, Supplier<T> action) {
    SecurityContext before = SecurityContextHolder.getContext();
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
