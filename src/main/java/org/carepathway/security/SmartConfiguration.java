package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.carepathway.fhir.FhirInterceptor;
import org.springframework.stereotype.Component;

/**
 * Tells apps where to get a token. Without Keycloak there is nowhere to get one: the document then
 * names no address and no capability, so that an app goes on without asking for a token.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2/conformance.html">SMART 2, well-known
 *     configuration</a>
 */
@Component
@Interceptor
class SmartConfiguration implements FhirInterceptor {

  static final String PATH = "/fhir/.well-known/smart-configuration";

  private final byte[] document;

  SmartConfiguration(SignInSettings settings, ObjectMapper json) throws IOException {
    this.document =
        json.writeValueAsBytes(settings.usesKeycloak() ? ofKeycloak(settings) : withoutTokens());
  }

  private static Map<String, Object> ofKeycloak(SignInSettings settings) {
    return Map.of(
        "issuer", settings.issuer(),
        "authorization_endpoint", settings.endpoint("auth"),
        "token_endpoint", settings.endpoint("token"),
        "jwks_uri", settings.endpoint("certs"),
        "grant_types_supported", List.of("authorization_code", "client_credentials"),
        "response_types_supported", List.of("code"),
        "code_challenge_methods_supported", List.of("S256"),
        "token_endpoint_auth_methods_supported",
            List.of("client_secret_basic", "client_secret_post", "private_key_jwt"),
        "capabilities",
            List.of(
                "client-public",
                "client-confidential-symmetric",
                "permission-patient",
                "permission-user",
                "permission-v2"));
  }

  private static Map<String, Object> withoutTokens() {
    return Map.of(
        "grant_types_supported", List.of(),
        "response_types_supported", List.of(),
        "code_challenge_methods_supported", List.of(),
        "capabilities", List.of());
  }

  /** False where the request is answered here. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_PROCESSED)
  public boolean answer(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getRequestURI().equals(PATH)) {
      return true;
    }
    response.setContentType("application/json");
    response.getOutputStream().write(document);
    return false;
  }
}
