package org.carepathway.security;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** Lets the service do something later within what who asked for it may do then. */
@Component
public class Mandates {

  private final CurrentUser user;
  private final SignInSettings settings;

  Mandates(CurrentUser user, SignInSettings settings) {
    this.user = user;
    this.settings = settings;
  }

  /** Of who is signed in; empty where nobody is. */
  public Optional<Mandate> mine() {
    return user.identity()
        .map(
            me ->
                new Mandate(
                    me.name(),
                    me.display(),
                    user.roles().stream().map(Role::code).collect(Collectors.toUnmodifiableSet()),
                    me.teams(),
                    !(SecurityContextHolder.getContext().getAuthentication().getPrincipal()
                        instanceof Person),
                    me.limits().map(SmartScopes::text).orElse(null),
                    me.patient(),
                    me.client()));
  }

  /**
   * Does something with the rights of a mandate and no others. A local user has those that the
   * settings say now.
   *
   * @return empty where nobody has that name any more, and then nothing is done
   */
  public <T> Optional<T> under(Mandate mandate, Supplier<T> action) {
    return (mandate.byToken() ? Optional.of(remembered(mandate)) : local(mandate))
        .map(holder -> ActAs.as(holder, holder.roles(), action));
  }

  private Optional<Holder> local(Mandate mandate) {
    return settings.users().stream()
        .filter(known -> known.name().equals(mandate.name()))
        .findFirst()
        .map(LocalUsers::person)
        .map(person -> new Holder(person.identity(), List.copyOf(person.getAuthorities())));
  }

  private static Holder remembered(Mandate mandate) {
    return new Holder(
        new Identity(
            mandate.name(),
            mandate.display(),
            Set.copyOf(mandate.teams()),
            mandate.scopes() == null ? null : SmartScopes.of(mandate.scopes()),
            mandate.patient(),
            mandate.client()),
        mandate.roles().stream()
            .flatMap(code -> Role.ofCode(code).stream())
            .<GrantedAuthority>map(role -> new SimpleGrantedAuthority(role.authority()))
            .toList());
  }

  private record Holder(Identity identity, Collection<GrantedAuthority> roles)
      implements SignedIn {}
}
