package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** A patient is seen by the teams of who sent them in, until referrals add others. */
@Component
@Interceptor
class SentIn implements StoreInterceptor {

  private final PatientScope scope;

  SentIn(PatientScope scope) {
    this.scope = scope;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.SENT_IN)
  public void created(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      scope.sentIn(patient.getIdElement().getIdPart());
    }
  }
}
