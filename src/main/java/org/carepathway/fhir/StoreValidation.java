package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Checks what others store that was in no body, and so was not checked when it came: what a patch
 * has made of a resource, and what a feed or a page stores.
 */
@Component
@Interceptor
class StoreValidation implements StoreInterceptor {

  private final Conformance conformance;

  StoreValidation(Conformance conformance) {
    this.conformance = conformance;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.VALID)
  public void created(IBaseResource resource, RequestDetails request) {
    if (Sender.of(request).isOutside() && request instanceof SystemRequestDetails
        || request.getRestOperationType() == RestOperationTypeEnum.PATCH) {
      conformance.require((Resource) resource);
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.VALID)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }
}
