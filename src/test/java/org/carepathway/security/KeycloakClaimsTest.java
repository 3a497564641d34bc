package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;

/** Tokens of Keycloak in our words. */
class KeycloakClaimsTest {

  private static final Map<String, Object> CLAIMS =
      Map.of(
          "preferred_username", "nina",
          "name", "Nina North",
          "groups", List.of("/north/spine", "/south"),
          "realm_access", Map.of("roles", List.of("coordinator", "offline_access")),
          "resource_access",
              Map.of(
                  "care-pathway", Map.of("roles", List.of("referrer", "nonsense")),
                  "other", Map.of("roles", List.of("admin"))),
          "scope", "openid user/Task.rs",
          "patient", "p1");

  private final KeycloakClaims claims = new KeycloakClaims(CLAIMS, "care-pathway");

  @Test
  void rolesAreThoseOfTheRealmAndOfOurClient() {
    assertThat(claims.authorities())
        .extracting(GrantedAuthority::getAuthority)
        .containsExactlyInAnyOrder("ROLE_coordinator", "ROLE_referrer");
  }

  @Test
  void groupsAreTeams() {
    assertThat(claims.person().teams()).containsExactlyInAnyOrder("north/spine", "south");
    assertThat(Teams.cover(claims.person().teams(), "south/pain")).isTrue();
    assertThat(Teams.cover(claims.person().teams(), "north/pain")).isFalse();
    assertThat(Teams.cover(claims.person().teams(), Teams.NONE)).isFalse();
    assertThat(Teams.cover(Set.of(), "north/spine")).isFalse();
    assertThat(Teams.cover(Set.of("nor"), "north/spine")).isFalse();
  }

  @Test
  void onlyCallersAreNarrowedByScopes() {
    assertThat(claims.person().limits()).isEmpty();
    assertThat(claims.caller().limits().orElseThrow().allow(Action.READ, "Task")).isTrue();
    assertThat(claims.caller().patient()).isEqualTo("p1");
  }

  @Test
  void aProgramIsNamedWhereAPersonUsesOne() {
    assertThat(callerFrom("smart-app", "nina").client()).isEqualTo("smart-app");
    assertThat(callerFrom("care-pathway", "nina").client()).isNull();
    assertThat(callerFrom("ehr", "service-account-ehr").client()).isNull();
  }

  private static Identity callerFrom(String client, String name) {
    return new KeycloakClaims(Map.of("azp", client, "preferred_username", name), "care-pathway")
        .caller();
  }

  @Test
  void anEmptyTokenIsNobodyWithNothing() {
    KeycloakClaims none = new KeycloakClaims(Map.of("sub", "x"), "care-pathway");
    assertThat(none.authorities()).isEmpty();
    assertThat(none.caller().teams()).isEmpty();
    assertThat(none.caller().limits().orElseThrow().allow(Action.READ, "Task")).isFalse();
  }

  @Test
  void withoutUsersAndKeycloakTheServiceDoesNotStart() {
    assertThatThrownBy(
            () -> new LocalUsers(new SignInSettings(null, "care-pathway", "", "x", List.of())))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("neither Keycloak nor users");
    new LocalUsers(new SignInSettings("https://k.example.org", "care-pathway", "", "x", List.of()));
  }
}
