package org.carepathway.ehr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Our account at an EHR. Where it gives tokens, and which of our keys it can check, is asked of it
 * each hour.
 */
final class SmartAccount {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration FRESH = Duration.ofHours(1);

  private final EhrSettings.Feed settings;
  private final EhrHttp http;
  private final SmartKeys keys;
  private final Clock clock;
  private final SmartToken token;
  private Endpoint endpoint;
  private Instant asked = Instant.MIN;

  SmartAccount(EhrSettings.Feed settings, EhrHttp http, SmartKeys keys, Clock clock) {
    this.settings = settings;
    this.http = http;
    this.keys = keys;
    this.clock = clock;
    this.token = new SmartToken(settings, clock);
  }

  /**
   * @param algorithms that the EHR names; empty where it names none
   */
  private record Endpoint(URI address, Set<String> algorithms) {}

  /**
   * @throws EhrFault where the EHR gives none
   */
  String token() {
    Endpoint known = endpoint();
    return token.get(known.address(), keys.of(known.algorithms()));
  }

  void refused(String value) {
    token.refused(value);
  }

  private synchronized Endpoint endpoint() {
    Instant now = Instant.now(clock);
    if (endpoint == null || now.isAfter(asked.plus(FRESH))) {
      endpoint = settings.token() == null ? discovered() : new Endpoint(settings.token(), Set.of());
      asked = now;
    }
    return endpoint;
  }

  private Endpoint discovered() {
    String base = settings.base().toString().replaceFirst("/+$", "");
    JsonNode document;
    try {
      document =
          JSON.readTree(
              http.ask(URI.create(base + "/.well-known/smart-configuration"), null, null).body());
    } catch (IOException noJson) {
      throw unclear();
    } catch (EhrFault fault) {
      throw fault.kind().isOfAll() ? fault : unclear();
    }
    String address = document == null ? "" : document.path("token_endpoint").asText();
    if (!isSafe(address)) {
      throw unclear();
    }
    return new Endpoint(
        URI.create(address),
        StreamSupport.stream(
                document.path("token_endpoint_auth_signing_alg_values_supported").spliterator(),
                false)
            .map(JsonNode::asText)
            .collect(Collectors.toSet()));
  }

  private static boolean isSafe(String address) {
    try {
      return SettingsCheck.isSafe(new URI(address));
    } catch (URISyntaxException unclear) {
      return false;
    }
  }

  private static EhrFault unclear() {
    return new EhrFault(
        EhrFault.Kind.SIGN_IN,
        "Its .well-known/smart-configuration names no token endpoint with TLS; the setting token names it instead");
  }
}
