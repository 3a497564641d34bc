package org.carepathway.security;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * What a token of Keycloak says of a person or system, in our words. The claims are those of the
 * client scope {@code care-pathway} in the realm.
 */
record KeycloakClaims(Map<String, Object> claims, String client) {

  /** The claim with the sign-in name. */
  static final String NAME = "preferred_username";

  private static final String SERVICE_ACCOUNT = "service-account-";
  private static final String EVERY_TEAM = "every-team";

  /** The roles that are ours; others mean nothing here. */
  Collection<GrantedAuthority> authorities() {
    return named()
        .flatMap(name -> Role.ofCode(name).stream())
        .map(Role::authority)
        .distinct()
        .<GrantedAuthority>map(SimpleGrantedAuthority::new)
        .toList();
  }

  /** Of a browser's sign-in: all that the roles allow. */
  Identity person() {
    return new Identity(name(), display(), teams());
  }

  /** Of an API caller: at most what the token's scopes allow. */
  Identity caller() {
    return new Identity(
        name(),
        display(),
        teams(),
        SmartScopes.of(text("scope", "")),
        text("patient", null),
        program());
  }

  private String name() {
    return text(NAME, text("sub", "unknown"));
  }

  /** A service account's name is made from its client's id: that is the system itself. */
  private String program() {
    String party = text("azp", client);
    return party.equals(client) || name().equals(SERVICE_ACCOUNT + party) ? null : party;
  }

  private String display() {
    return text("name", name());
  }

  private Set<String> teams() {
    return named().anyMatch(EVERY_TEAM::equals)
        ? Set.of(Teams.EVERY)
        : list(claims.get("groups")).map(Teams::ofGroup).collect(Collectors.toUnmodifiableSet());
  }

  private Stream<String> named() {
    Stream<String> realm = roles(claims.get("realm_access"));
    Stream<String> own =
        claims.get("resource_access") instanceof Map<?, ?> clients
            ? roles(clients.get(client))
            : Stream.empty();
    return Stream.concat(realm, own);
  }

  private static Stream<String> roles(Object access) {
    return access instanceof Map<?, ?> map ? list(map.get("roles")) : Stream.empty();
  }

  private static Stream<String> list(Object value) {
    return value instanceof List<?> values ? values.stream().map(String::valueOf) : Stream.empty();
  }

  private String text(String claim, String otherwise) {
    return claims.get(claim) instanceof String text && !text.isBlank() ? text : otherwise;
  }
}
