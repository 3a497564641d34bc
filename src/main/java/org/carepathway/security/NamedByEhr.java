package org.carepathway.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Signs in whom an EHR names, where that is somebody who works here with a role: a local user, or
 * who has signed in by Keycloak not too long ago, as they were then.
 */
@Component
public class NamedByEhr {

  private final SignInSettings settings;
  private final Colleagues colleagues;
  private final Clock clock;
  private final HttpSessionSecurityContextRepository contexts =
      new HttpSessionSecurityContextRepository();

  NamedByEhr(SignInSettings settings, Colleagues colleagues, Clock clock) {
    this.settings = settings;
    this.colleagues = colleagues;
    this.clock = clock;
  }

  /**
   * Begins a session of theirs; what was in the one before is gone.
   *
   * @param name sign-in name
   * @param knownFor how long ago they may have signed in by Keycloak
   * @return the session; empty where nobody with a role is known by this name, and then nothing has
   *     changed
   */
  public Optional<HttpSession> signIn(
      String name, Duration knownFor, HttpServletRequest request, HttpServletResponse response) {
    Optional<Person> person =
        local(name).or(() -> remembered(name, knownFor)).filter(NamedByEhr::hasRole);
    return person.map(
        known -> {
          HttpSession before = request.getSession(false);
          if (before != null) {
            before.invalidate();
          }
          HttpSession session = request.getSession(true);
          SecurityContext context =
              new SecurityContextImpl(
                  UsernamePasswordAuthenticationToken.authenticated(
                      known, null, known.getAuthorities()));
          SecurityContextHolder.setContext(context);
          contexts.saveContext(context, request, response);
          return session;
        });
  }

  private Optional<Person> local(String name) {
    return settings.users().stream()
        .filter(user -> user.name().equals(name))
        .findFirst()
        .map(LocalUsers::person);
  }

  private Optional<Person> remembered(String name, Duration knownFor) {
    return settings.usesKeycloak()
        ? colleagues
            .remembered(name, clock.instant().minus(knownFor))
            .map(
                known ->
                    new Person(
                        name,
                        "",
                        known.colleague().display(),
                        known.teams(),
                        known.colleague().roles().stream()
                            .flatMap(code -> Role.ofCode(code).stream())
                            .map(role -> new SimpleGrantedAuthority(role.authority()))
                            .toList()))
        : Optional.empty();
  }

  private static boolean hasRole(Person person) {
    return !person.getAuthorities().isEmpty();
  }
}
