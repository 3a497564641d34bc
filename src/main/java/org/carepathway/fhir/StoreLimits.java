package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Base;
import org.springframework.stereotype.Component;

/**
 * The limits of numbers and searches for what others store, whichever way it comes: a patch makes a
 * resource that was in no body.
 */
@Component
@Interceptor
class StoreLimits implements StoreInterceptor {

  private final FhirContext fhirContext;

  StoreLimits(FhirContext fhirContext) {
    this.fhirContext = fhirContext;
  }

  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_LIMITS)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      SearchUrls.in(fhirContext, received).forEach(QueryLimits::condition);
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.NUMBERS)
  public void created(IBaseResource resource, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      LargeNumbers.refuse((Base) resource);
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.NUMBERS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }
}
