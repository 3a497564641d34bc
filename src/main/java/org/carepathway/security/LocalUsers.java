package org.carepathway.security;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carepathway.security.SignInSettings.LocalUser;
import org.carepathway.startup.StartUpException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** The users named in the settings. */
@Component
class LocalUsers implements UserDetailsService {

  private final Map<String, LocalUser> users;

  LocalUsers(SignInSettings settings) {
    if (settings.users().isEmpty() && !settings.usesKeycloak()) {
      throw new StartUpException(
          "Nobody could sign in: neither Keycloak nor users are set.",
          "Set carepathway.sign-in.issuer to the address of your Keycloak realm, or"
              + " carepathway.sign-in.users, or start with the profile demo to try the service.",
          null);
    }
    this.users =
        settings.users().stream()
            .collect(Collectors.toUnmodifiableMap(LocalUser::name, Function.identity()));
    users.values().forEach(LocalUsers::person);
  }

  @Override
  public UserDetails loadUserByUsername(String name) {
    LocalUser user = users.get(name);
    if (user == null) {
      throw new UsernameNotFoundException("no such user");
    }
    return person(user);
  }

  static Person person(LocalUser user) {
    return new Person(
        user.name(),
        user.password(),
        user.display(),
        Set.copyOf(user.teams()),
        user.roles().stream()
            .map(LocalUsers::role)
            .map(Role::authority)
            .map(SimpleGrantedAuthority::new)
            .toList());
  }

  private static Role role(String code) {
    return Role.ofCode(code)
        .orElseThrow(
            () ->
                new StartUpException(
                    "carepathway.sign-in.users names the unknown role '" + code + "'.",
                    "Use one of "
                        + Arrays.stream(Role.values())
                            .map(Role::code)
                            .collect(Collectors.joining(", "))
                        + ".",
                    null));
  }
}
