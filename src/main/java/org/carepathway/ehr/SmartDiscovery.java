package org.carepathway.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.util.unit.DataSize;

/**
 * Asks an EHR how its users' apps are started.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html">SMART 2.2,
 *     conformance</a>
 */
public final class SmartDiscovery {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DataSize LARGEST = DataSize.ofKilobytes(200);

  private final EhrHttp http;

  public SmartDiscovery(Duration answer) {
    this.http = new EhrHttp(answer, answer, LARGEST, Clock.systemUTC());
  }

  /**
   * What the EHR says of itself.
   *
   * @param authorize where its user's browser is sent
   * @param token where a code becomes a token
   * @param issuer as its id tokens name it
   * @param jwks where their keys are
   * @param algorithms of assertions that it checks; empty where it names none
   */
  public record Document(
      URI authorize, URI token, String issuer, URI jwks, Set<String> algorithms) {}

  /**
   * @param iss base of the EHR's FHIR API
   * @throws EhrFault where it cannot start apps as SMART 2 says, and tells who its user is
   */
  public Document read(String iss) {
    JsonNode smart = ask(iss + "/.well-known/smart-configuration");
    Set<String> capabilities = texts(smart.path("capabilities"));
    require(capabilities.contains("launch-ehr"), "has no capability launch-ehr");
    require(
        texts(smart.path("code_challenge_methods_supported")).contains("S256"),
        "does not offer PKCE with S256");
    JsonNode identity =
        smart.has("jwks_uri") && smart.has("issuer")
            ? smart
            : ask(iss + "/.well-known/openid-configuration");
    String issuer = identity.path("issuer").asText();
    require(!issuer.isEmpty(), "names no issuer");
    return new Document(
        address(smart, "authorization_endpoint"),
        address(smart, "token_endpoint"),
        issuer,
        address(identity, "jwks_uri"),
        texts(smart.path("token_endpoint_auth_signing_alg_values_supported")));
  }

  private JsonNode ask(String address) {
    try {
      JsonNode document = JSON.readTree(http.ask(URI.create(address), null, null).body());
      require(document != null && document.isObject(), "is no document");
      return document;
    } catch (IOException noJson) {
      throw new EhrFault(EhrFault.Kind.NO_FHIR, "The answer cannot be read as JSON: " + address);
    }
  }

  private static URI address(JsonNode document, String field) {
    String address = document.path(field).asText();
    require(EhrAddress.isSafe(address), "names no " + field + " with TLS");
    return URI.create(address);
  }

  private static Set<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new EhrFault(EhrFault.Kind.SIGN_IN, "Its .well-known/smart-configuration " + problem);
    }
  }
}
