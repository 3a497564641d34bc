package org.carepathway.record;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.fhir.Unreadable;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/** What a step of a pathway wrote is changed by steps only, as long as it can be read. */
@Component
@Interceptor
class OwnedResources implements StoreInterceptor {

  private final RecordIndex index;

  OwnedResources(RecordIndex index) {
    this.index = index;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.OWNED)
  public void update(IBaseResource before, IBaseResource after, RequestDetails request) {
    IdType id = (IdType) before.getIdElement();
    if (Unreadable.is(before)) {
      // Else nobody could correct it; pathways read it anew.
      index.forget(new IdType(before.fhirType(), id.getIdPart()));
    } else if (Sender.of(request).isOutside()
        && index.isWrittenByPathway(new IdType(before.fhirType(), id.getIdPart()))) {
      throw new ForbiddenOperationException(
          "%s/%s was written by a pathway's step and is changed by its steps only."
              .formatted(before.fhirType(), id.getIdPart()));
    }
  }
}
