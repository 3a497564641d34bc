package org.carepathway.ehr;

import java.net.URI;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where EHRs and the browsers of their users reach us, {@code carepathway.address}. It is a setting
 * and not what a request says: who sends a request can say anything. Without it, it is this
 * machine.
 */
@Component
public class OwnAddress {

  private final String set;
  private volatile int port;

  OwnAddress(AddressSettings settings) {
    this.set = settings.address().strip().replaceFirst("/+$", "");
    if (!this.set.isEmpty() && !EhrAddress.isSafe(this.set)) {
      throw new StartUpException(
          "carepathway.address is no address with TLS: " + this.set,
          "Name it as https://host; http is for this machine only.",
          null);
    }
  }

  @EventListener
  void opened(WebServerInitializedEvent event) {
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
    }
  }

  /** Whether it was set, so that other machines can know it. */
  public boolean isSet() {
    return !set.isEmpty();
  }

  /**
   * @param path begins with a slash
   */
  public URI of(String path) {
    return URI.create((isSet() ? set : "http://localhost:" + port) + path);
  }
}
