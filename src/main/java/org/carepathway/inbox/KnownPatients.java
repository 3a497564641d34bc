package org.carepathway.inbox;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.carepathway.fhir.Numbers;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** A patient who becomes known here, by whatever way, has what waits for them handled. */
@Component
@Interceptor
class KnownPatients implements StoreInterceptor {

  private final Inbox inbox;

  KnownPatients(Inbox inbox) {
    this.inbox = inbox;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.WAITING_MESSAGES)
  public void created(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      inbox.release(
          patient.getIdentifier().stream()
              .filter(Numbers::isGiven)
              .map(number -> number.getSystem() + '|' + number.getValue())
              .toList());
    }
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.WAITING_MESSAGES)
  public void updated(IBaseResource before, IBaseResource after) {
    created(after);
  }
}
