package org.carepathway.security;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.record.Agent;
import org.carepathway.security.Permissions.Kind;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Who is signed in. */
@Component
public class CurrentUser {

  private final Permissions permissions;

  CurrentUser(Permissions permissions) {
    this.permissions = permissions;
  }

  /** The person or system signed in; the service itself where nobody is. */
  public Agent agent() {
    return authentication().map(CurrentUser::agent).orElse(Agent.SERVICE);
  }

  /** Whether it is a patient who has opened a link, and this one. */
  public boolean isPatient(String patientId) {
    return authentication()
        .map(Authentication::getPrincipal)
        .filter(new ByLink(patientId)::equals)
        .isPresent();
  }

  /** The roles of who is signed in. */
  public Set<Role> roles() {
    return authentication().stream()
        .flatMap(user -> user.getAuthorities().stream())
        .map(GrantedAuthority::getAuthority)
        .flatMap(authority -> Role.ofAuthority(authority).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Whether who is signed in may do the steps that content names a role for.
   *
   * @param role code of the role
   */
  public boolean mayDo(String role) {
    return permissions.allow(roles(), Action.USE, Kind.STEP, role);
  }

  /**
   * Whether who is signed in may do something beyond the steps, such as departing from the plan.
   *
   * @param action name of its row
   */
  public boolean mayAct(String action) {
    return permissions.allow(roles(), Action.USE, Kind.ACTION, action);
  }

  /**
   * Whether who is signed in may open a page.
   *
   * @param page the first part of its address
   */
  public boolean mayOpen(String page) {
    return permissions.allow(roles(), Action.USE, Kind.PAGE, page);
  }

  /** Who they are, as far as access needs it; empty when the service acts by itself. */
  Optional<Identity> identity() {
    return authentication()
        .map(
            user ->
                user.getPrincipal() instanceof SignedIn person
                    ? person.identity()
                    : new Identity(user.getName(), user.getName(), Set.of()));
  }

  private static Agent agent(Authentication user) {
    if (user.getPrincipal() instanceof ByLink link) {
      return Agent.patient(link.patientId());
    }
    Agent agent = new Agent(user.getName(), display(user));
    return user.getPrincipal() instanceof SignedIn person && person.identity().client() != null
        ? agent.through(person.identity().client())
        : agent;
  }

  static String display(Authentication user) {
    return user.getPrincipal() instanceof SignedIn person
        ? person.identity().display()
        : user.getName();
  }

  private static Optional<Authentication> authentication() {
    return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
        .filter(Authentication::isAuthenticated)
        .filter(user -> !(user instanceof AnonymousAuthenticationToken));
  }
}
