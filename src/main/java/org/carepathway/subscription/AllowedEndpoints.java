package org.carepathway.subscription;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.ehr.EhrAddress;
import org.carepathway.startup.StartUpException;
import org.springframework.stereotype.Component;

/**
 * Where notifications may go: addresses of the settings and what is below them, with TLS or on this
 * machine. Who may subscribe could else have us call any machine of the hospital's network.
 */
@Component
class AllowedEndpoints {

  private static final String SETTING = "carepathway.subscriptions.endpoints";
  private static final String ANY_PORT = ":*";
  private static final Pattern SPLIT =
      Pattern.compile("(https?)://([^/:]+|\\[[^]]+])(:[^/]*)?(/.*)?");

  private final List<Allowed> allowed;

  AllowedEndpoints(SubscriberSettings settings) {
    this.allowed = settings.endpoints().stream().map(AllowedEndpoints::read).toList();
  }

  boolean contain(URI endpoint) {
    return EhrAddress.isSafe(endpoint)
        && endpoint.getRawUserInfo() == null
        && endpoint.getRawFragment() == null
        && endpoint.equals(endpoint.normalize())
        && !endpoint.getRawPath().contains("%")
        && allowed.stream().anyMatch(one -> one.contains(endpoint));
  }

  private static Allowed read(String setting) {
    Matcher parts = SPLIT.matcher(setting.strip());
    String port = parts.matches() ? parts.group(3) : null;
    boolean known =
        parts.matches()
            && (port == null || port.equals(ANY_PORT) || port.matches(":\\d{1,5}"))
            && EhrAddress.isSafe(setting.strip().replace(ANY_PORT, ""));
    if (!known) {
      throw new StartUpException(
          SETTING + " names no address with TLS: " + setting,
          "Name it as https://host/path, also with a port or :* for any; http is for this machine only.",
          null);
    }
    return new Allowed(
        parts.group(1),
        parts.group(2),
        ANY_PORT.equals(port) ? null : port == null ? -1 : Integer.valueOf(port.substring(1)),
        parts.group(4) == null ? "/" : EhrAddress.plain(parts.group(4)) + '/');
  }

  /**
   * @param port -1 for that of the scheme; null for any
   * @param path with a slash at its end
   */
  private record Allowed(String scheme, String host, Integer port, String path) {

    boolean contains(URI endpoint) {
      return scheme.equals(endpoint.getScheme())
          && host.equalsIgnoreCase(endpoint.getHost())
          && (port == null || port == endpoint.getPort())
          && (endpoint.getRawPath() + '/').startsWith(path);
    }
  }
}
