package org.carepathway.demo.ehr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.carepathway.ehr.MakeKey;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What {@code carepathway.demo.ehr} sets for the service, so that one setting is enough: the feed
 * that reads the demo's EHR, a key that is made at each start, and a port for HL7 v2. What is set
 * otherwise stands.
 */
public final class DemoEhrSettings implements EnvironmentPostProcessor {

  static final String FEED = "demo-ehr";
  static final String ON = "carepathway.demo.ehr";
  static final String PORT = "carepathway.demo.ehr-port";

  private static final int USUAL_PORT = 8098;

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (environment.getProperty(ON, Boolean.class, false)) {
      int wanted = environment.getProperty(PORT, Integer.class, USUAL_PORT);
      int port = wanted == 0 ? free() : wanted;
      String feed = "carepathway.fhir.feeds." + FEED;
      String hooks = "carepathway.cds-hooks.clients." + FEED;
      String launch = "carepathway.launch.ehrs." + FEED;
      String issuer = "http://localhost:" + port;
      Map<String, Object> defaults =
          Map.ofEntries(
              Map.entry(ON + "-opened-at", port),
              Map.entry("carepathway.fhir.keys[0]", "base64:" + encoded(key())),
              Map.entry(feed + ".base", issuer + "/fhir"),
              Map.entry(feed + ".client", StrictEhr.CLIENT),
              Map.entry(feed + ".scopes[0]", "system/*.cruds"),
              Map.entry(feed + ".interval", "5s"),
              Map.entry(feed + ".overlap", "30s"),
              Map.entry(hooks + ".issuer", issuer),
              Map.entry(hooks + ".jwks", issuer + "/jwks.json"),
              Map.entry(hooks + ".fhir[0]", issuer + "/fhir"),
              Map.entry("carepathway.outbox.sites." + FEED + ".vendor", "plain"),
              // Whom somebody adds to the demo it does not know.
              Map.entry("carepathway.outbox.sites." + FEED + ".strangers", "leave"),
              Map.entry("carepathway.outbox.settle", "1s"),
              Map.entry(hooks + ".smart", "true"),
              Map.entry(launch + ".iss", issuer + "/fhir"),
              Map.entry(launch + ".client", StrictEhr.CLIENT),
              Map.entry(launch + ".users", "https://carepathway.org/fhir/user"),
              Map.entry(launch + ".frames[0]", issuer),
              Map.entry("carepathway.hl7.feeds.ehr.port", "2575"));
      environment.getPropertySources().addLast(new MapPropertySource("demo EHR", defaults));
    }
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key() {
    return MakeKey.key("ES384").orElseThrow().toJSONString();
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
