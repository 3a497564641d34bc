package org.carepathway.ehr;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The EHRs of the settings. Time with them is the system's: a demo's clock that was moved would
 * make tokens that no EHR takes.
 */
@Component
public class EhrServers {

  private final Map<String, EhrServer> servers = new LinkedHashMap<>();
  private final EhrSettings settings;

  EhrServers(EhrSettings settings, SmartKeys keys) {
    this.settings = settings;
    settings
        .feeds()
        .forEach(
            (name, feed) -> {
              SettingsCheck.check(name, feed, keys);
              servers.put(name, new EhrServer(feed, keys, Clock.systemUTC()));
            });
  }

  /** Names of the feeds, in the order of the settings. */
  public Set<String> names() {
    return servers.keySet();
  }

  public EhrServer server(String feed) {
    return servers.get(feed);
  }

  public EhrSettings.Feed settings(String feed) {
    return settings.feeds().get(feed);
  }
}
