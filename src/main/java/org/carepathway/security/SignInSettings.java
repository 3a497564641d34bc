package org.carepathway.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may sign in, {@code carepathway.sign-in.*}. Keycloak and local users can be set together.
 *
 * @param issuer address of the Keycloak realm, as in its tokens, e.g. {@code
 *     https://keycloak.example.org/realms/care-pathway}; without it Keycloak is not used
 * @param client id of the browser's client in the realm
 * @param secret the client's secret
 * @param audience what the audience of a token for {@code /fhir} must name
 * @param users local users; the demo profile brings its own
 */
@Validated
@ConfigurationProperties("carepathway.sign-in")
record SignInSettings(
    String issuer,
    @DefaultValue("care-pathway") String client,
    @DefaultValue("") String secret,
    @DefaultValue("care-pathway-api") String audience,
    @DefaultValue List<@Valid LocalUser> users) {

  boolean hasLocalUsers() {
    return !users.isEmpty();
  }

  boolean usesKeycloak() {
    return issuer != null && !issuer.isBlank();
  }

  /** An address of Keycloak's protocol, e.g. {@code certs}. */
  String endpoint(String name) {
    return issuer + "/protocol/openid-connect/" + name;
  }

  /**
   * @param name sign-in name
   * @param display the name that people read
   * @param password encoded as Spring Security writes it, e.g. {@code {bcrypt}$2a$...}
   * @param roles codes of the roles
   * @param teams {@code site} or {@code site/team}, whose patients they see; {@code *} for all
   */
  record LocalUser(
      @NotBlank String name,
      @NotBlank String display,
      @NotBlank String password,
      @NotEmpty List<String> roles,
      @DefaultValue("*") List<String> teams) {}
}
