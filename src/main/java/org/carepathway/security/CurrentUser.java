package org.carepathway.security;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.record.Agent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is signed in. */
@Component
public class CurrentUser {

  /** The person or system signed in; the service itself where nobody is. */
  public Agent agent() {
    return authentication()
        .map(user -> new Agent(user.getName(), display(user)))
        .orElse(Agent.SERVICE);
  }

  /** The roles of who is signed in. */
  public Set<Role> roles() {
    return authentication().stream()
        .flatMap(user -> user.getAuthorities().stream())
        .map(GrantedAuthority::getAuthority)
        .flatMap(authority -> Role.ofAuthority(authority).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  static String display(Authentication user) {
    return user.getPrincipal() instanceof Person person ? person.display() : user.getName();
  }

  private static Optional<Authentication> authentication() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .filter(Authentication::isAuthenticated);
  }
}
