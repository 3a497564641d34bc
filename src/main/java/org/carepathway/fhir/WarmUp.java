package org.carepathway.fhir;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Warms the validator before the service says that it is ready: its first use takes seconds. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class WarmUp implements ApplicationRunner {

  private final Conformance conformance;

  WarmUp(Conformance conformance) {
    this.conformance = conformance;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    conformance.warmUp();
  }
}
