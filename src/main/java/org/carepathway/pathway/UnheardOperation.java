package org.carepathway.pathway;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Optional;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/**
 * {@code ServiceRequest/$without-pathway}: the newest active requests for which no pathway waits,
 * for who connects systems.
 */
@Component
class UnheardOperation implements FhirOperations {

  private static final int MOST = 100;

  private final UnheardRows rows;
  private final IRepository repository;
  private final PatientScope scope;

  UnheardOperation(UnheardRows rows, IRepository repository, PatientScope scope) {
    this.rows = rows;
    this.repository = repository;
    this.scope = scope;
  }

  @Operation(name = "$without-pathway", type = ServiceRequest.class, idempotent = true)
  public Bundle list() {
    Bundle found = new Bundle().setType(BundleType.SEARCHSET);
    rows.newest(MOST).stream()
        .filter(unheard -> scope.isVisible(unheard.patientId()))
        .flatMap(unheard -> read(unheard.requestId()).stream())
        .filter(request -> request.getStatus() == ServiceRequestStatus.ACTIVE)
        .forEach(request -> found.addEntry().setResource(request));
    return found.setTotal(found.getEntry().size());
  }

  private Optional<ServiceRequest> read(String id) {
    try {
      return Optional.of(repository.read(ServiceRequest.class, new IdType("ServiceRequest", id)));
    } catch (ResourceNotFoundException gone) {
      return Optional.empty();
    }
  }
}
