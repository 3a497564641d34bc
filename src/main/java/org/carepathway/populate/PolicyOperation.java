package org.carepathway.populate;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PlanDefinition;
import org.springframework.stereotype.Component;

/**
 * {@code PlanDefinition/<id>/$policy}: the thresholds and time limits of a pathway as they are set
 * here. Expressions of its forms see their parameters as {@code %policy}.
 */
@Component
class PolicyOperation implements FhirOperations {

  private final Catalogue catalogue;
  private final IRepository repository;

  PolicyOperation(Catalogue catalogue, IRepository repository) {
    this.catalogue = catalogue;
    this.repository = repository;
  }

  @Operation(name = "$policy", type = PlanDefinition.class, idempotent = true)
  public Parameters policy(@IdParam IdType id) {
    PlanDefinition plan =
        repository.read(PlanDefinition.class, new IdType("PlanDefinition", id.getIdPart()));
    String key = plan.getUrl().substring(plan.getUrl().lastIndexOf('/') + 1);
    PathwayContent content =
        catalogue
            .find(key, plan.getVersion())
            .orElseThrow(() -> new ResourceNotFoundException("PlanDefinition/" + id.getIdPart()));
    return content.policy().parameters();
  }
}
