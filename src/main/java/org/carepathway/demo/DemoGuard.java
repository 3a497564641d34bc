package org.carepathway.demo;

import org.carepathway.startup.StartUpException;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The demo's passwords are known to everybody: it answers on this machine only. */
@Component
@Profile("demo")
class DemoGuard {

  DemoGuard(ServerProperties server) {
    if (server.getAddress() == null || !server.getAddress().isLoopbackAddress()) {
      throw new StartUpException(
          "The demo would be reachable from other machines, with passwords everybody knows.",
          "Leave server.address at 127.0.0.1, or run another profile"
              + " (SPRING_PROFILES_ACTIVE=production) with users of your own.",
          null);
    }
  }
}
