package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** A patient on a pathway keeps a name: each task and letter needs it. */
@Component
@Interceptor
class TravellingPatients implements StoreInterceptor {

  private final Pathways pathways;
  private final PatientIdentity identity;

  TravellingPatients(Pathways pathways, PatientIdentity identity) {
    this.pathways = pathways;
    this.identity = identity;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.NAMED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (after instanceof Patient patient
        && !Referable.isNamed(identity.of(patient))
        && pathways.ofPatient(before.getIdElement().getIdPart()).stream()
            .anyMatch(Pathway::isActive)) {
      throw Refusal.rule(
          "Patient.name",
          "The patient is on a pathway and must keep a name; nothing was changed. Send the Patient"
              + " with the name in use.");
    }
  }
}
