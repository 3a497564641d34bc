package org.carepathway.staff;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.carepathway.security.Role;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * The users of the realm, by Keycloak's admin API and with a service account that may view users
 * and nothing else.
 *
 * @see <a href="https://www.keycloak.org/docs-api/latest/rest-api/">Keycloak Admin REST API</a>
 */
final class KeycloakUsers {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE = 200;

  private final String issuer;
  private final StaffSettings settings;
  private final RestClient http =
      RestClient.builder()
          .requestFactory(
              ClientHttpRequestFactoryBuilder.jdk()
                  .build(
                      ClientHttpRequestFactorySettings.defaults()
                          .withConnectTimeout(TIMEOUT)
                          .withReadTimeout(TIMEOUT)))
          .build();

  /**
   * @param issuer address of the realm, {@code .../realms/<name>}
   */
  KeycloakUsers(String issuer, StaffSettings settings) {
    this.issuer = issuer;
    this.settings = settings;
  }

  /**
   * Everybody with a role of ours; service accounts are no users to Keycloak.
   *
   * @throws org.springframework.web.client.RestClientException when Keycloak refuses or does not
   *     answer
   */
  List<Member> all() {
    String token = token();
    List<Member> members = new ArrayList<>();
    JsonNode page;
    int first = 0;
    do {
      page = get(token, "?briefRepresentation=true&max=%d&first=%d".formatted(PAGE, first));
      page.forEach(user -> members.add(member(token, user)));
      first += PAGE;
    } while (page.size() == PAGE);
    return members.stream().filter(member -> !member.roles().isEmpty()).toList();
  }

  private Member member(String token, JsonNode user) {
    String id = user.path("id").asText();
    List<String> roles =
        names(get(token, '/' + id + "/role-mappings/realm/composite"), "name")
            .filter(name -> Role.ofCode(name).isPresent())
            .toList();
    return new Member(
        id,
        user.path("username").asText(),
        user.path("firstName").asText(),
        user.path("lastName").asText(),
        user.path("enabled").asBoolean(),
        roles,
        names(get(token, '/' + id + "/groups"), "path").map(path -> path.substring(1)).toList());
  }

  private String token() {
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("grant_type", "client_credentials");
    form.add("client_id", settings.client());
    form.add("client_secret", settings.secret());
    return http.post()
        .uri(URI.create(issuer + "/protocol/openid-connect/token"))
        .body(form)
        .retrieve()
        .body(JsonNode.class)
        .path("access_token")
        .asText();
  }

  private JsonNode get(String token, String path) {
    return http.get()
        .uri(URI.create(issuer.replace("/realms/", "/admin/realms/") + "/users" + path))
        .headers(headers -> headers.setBearerAuth(token))
        .retrieve()
        .body(JsonNode.class);
  }

  private static Stream<String> names(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(one -> one.path(field).asText())
        .sorted();
  }
}
