package org.carepathway.demo.ehr;

import org.carepathway.startup.StartUpException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The demo's EHR has made-up patients: a service for real ones does not start with it. */
@Component
@Profile("!demo")
@ConditionalOnProperty(DemoEhrSettings.ON)
class NoDemoEhr {

  NoDemoEhr() {
    throw new StartUpException(
        DemoEhrSettings.ON + " is set, and this is not the demo.",
        "Leave it out, or run the profile demo.",
        null);
  }
}
