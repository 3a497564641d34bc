package org.carepathway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.carepathway.RunningService;
import org.carepathway.browser.Browsers.Visit;
import org.carepathway.endtoend.FhirClient;
import org.junit.jupiter.api.Test;

/**
 * Every page that a role reaches by links can be used on a small screen, by keys and on paper. The
 * whole walk takes long: {@code -Dwalk=all}, with pictures in {@code target/screenshots}. Without
 * it a few pages of one role are walked.
 */
class EveryPageTest extends RunningService {

  private static final List<String> EVERYBODY =
      List.of(
          "referrer", "coordinator", "scheduler", "nurse", "physician", "admin", "auditor", "ehr");

  @Test
  void everyPageCanBeUsedOnASmallScreenByKeysAndOnPaper() throws Exception {
    boolean all = "all".equals(System.getProperty("walk"));
    FhirClient fhir = new FhirClient(port());
    fhir.refer(fhir.sendPatient("king-eddie.json"));
    try (Visit visit = Browsers.visit()) {
      PageWalk walk = new PageWalk(new Site(port(), visit.browser()), all);
      (all ? EVERYBODY : List.of("coordinator")).forEach(walk::of);
      assertThat(walk.found()).isEmpty();
    }
  }
}
