package org.carepathway.demo.ehr;

import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationContext;

/** The demo's EHR as it runs in the service. */
public final class RunningEhr {

  private final StrictEhr ehr;

  private RunningEhr(StrictEhr ehr) {
    this.ehr = ehr;
  }

  public static RunningEhr of(ApplicationContext context) {
    return new RunningEhr(context.getBean(DemoEhr.class).ehr());
  }

  /** Stores a resource under its id. */
  public void put(Resource resource) {
    ehr.put(resource);
  }
}
