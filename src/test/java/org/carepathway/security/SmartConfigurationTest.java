package org.carepathway.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** What apps are told of tokens, with Keycloak and without. */
class SmartConfigurationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void withoutKeycloakThereIsNoAddressAndNoCapability() throws Exception {
    for (String issuer : new String[] {null, "", " "}) {
      JsonNode document = document(issuer);
      assertThat(document.get("capabilities")).isEmpty();
      assertThat(document.has("authorization_endpoint")).isFalse();
      assertThat(document.has("token_endpoint")).isFalse();
    }
  }

  @Test
  void withKeycloakItNamesItsAddresses() throws Exception {
    JsonNode document = document("https://keycloak.example.org/realms/care-pathway");
    assertThat(document.get("capabilities")).isNotEmpty();
    assertThat(document.get("token_endpoint").asText())
        .startsWith("https://keycloak.example.org/realms/care-pathway/");
  }

  private static JsonNode document(String issuer) throws Exception {
    SmartConfiguration configuration =
        new SmartConfiguration(new SignInSettings(issuer, "c", "", "a", List.of()), JSON);
    MockHttpServletResponse response = new MockHttpServletResponse();
    boolean goesOn =
        configuration.answer(new MockHttpServletRequest("GET", SmartConfiguration.PATH), response);
    assertThat(goesOn).isFalse();
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getContentType()).startsWith("application/json");
    return JSON.readTree(response.getContentAsByteArray());
  }
}
