package org.carepathway.patient;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Keeps the search up to date, in the transaction that stores a patient. */
@Component
@Interceptor
class PatientIndex implements StoreInterceptor {

  private final PatientRows rows;

  PatientIndex(PatientRows rows) {
    this.rows = rows;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.PATIENT_INDEX)
  public void created(IBaseResource resource) {
    if (resource instanceof Patient patient) {
      rows.put(patient);
    }
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.PATIENT_INDEX)
  public void updated(IBaseResource before, IBaseResource after) {
    created(after);
  }
}
