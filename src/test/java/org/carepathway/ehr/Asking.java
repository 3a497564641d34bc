package org.carepathway.ehr;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** An EHR of a test, asked with settings as people write them. */
public final class Asking {

  private Asking() {}

  public static JWK key(String algorithm) {
    return MakeKey.key(algorithm).orElseThrow();
  }

  public static EhrSettings settings(Map<String, String> more, JWK... keys) {
    Map<String, String> properties = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      properties.put(
          "carepathway.fhir.keys[" + i + "]",
          "base64:"
              + Base64.getEncoder()
                  .encodeToString(keys[i].toJSONString().getBytes(StandardCharsets.UTF_8)));
    }
    more.forEach(
        (name, value) ->
            properties.put(
                name.startsWith("keys")
                    ? "carepathway.fhir." + name
                    : "carepathway.fhir.feeds.test." + name,
                value));
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("carepathway.fhir", EhrSettings.class);
  }

  /**
   * Several EHRs that want no token.
   *
   * @param bases by the names of the feeds
   * @param more names and values after one another, the same for all
   */
  public static EhrServers servers(Map<String, URI> bases, String... more) {
    Map<String, String> properties = new HashMap<>();
    bases.forEach(
        (name, base) -> {
          properties.put("carepathway.fhir.feeds." + name + ".base", base.toString());
          Stream.iterate(0, i -> i < more.length, i -> i + 2)
              .forEach(
                  i ->
                      properties.put(
                          "carepathway.fhir.feeds." + name + '.' + more[i], more[i + 1]));
        });
    EhrSettings settings =
        new Binder(new MapConfigurationPropertySource(properties))
            .bindOrCreate("carepathway.fhir", EhrSettings.class);
    return new EhrServers(settings, new SmartKeys(settings));
  }

  /**
   * @param more names and values after one another, such as {@code "answer", "1s"}
   */
  public static EhrServer server(URI base, List<JWK> keys, Clock clock, String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("base", base.toString());
    if (!keys.isEmpty()) {
      properties.put("client", "care-pathway");
    }
    Stream.iterate(0, i -> i < more.length, i -> i + 2)
        .forEach(i -> properties.put(more[i], more[i + 1]));
    EhrSettings settings = settings(properties, keys.toArray(JWK[]::new));
    return new EhrServer(settings.feeds().get("test"), new SmartKeys(settings), clock);
  }
}
