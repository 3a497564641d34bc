package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/**
 * Knows when a patch is being applied: after everything that looks at a request has let it pass,
 * and before what it made of the resource is stored. HAPI fails in many ways where a patch does not
 * fit, and each is the sender's fault.
 */
final class Patching {

  private static final String APPLIES = Patching.class.getName();

  private Patching() {}

  static boolean isGoingOn(RequestDetails request) {
    return request != null && Boolean.TRUE.equals(request.getUserData().get(APPLIES));
  }

  private static void goesOn(RequestDetails request, boolean now) {
    if (request != null && request.getRestOperationType() == RestOperationTypeEnum.PATCH) {
      request.getUserData().put(APPLIES, now);
    }
  }

  /** When it begins. */
  @Component
  @Interceptor
  static class Begin implements FhirInterceptor {

    @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLED, order = Integer.MAX_VALUE)
    public void handled(RequestDetails request) {
      goesOn(request, true);
    }
  }

  /** When it ends. */
  @Component
  @Interceptor
  static class End implements StoreInterceptor {

    @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.PATCHED)
    public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
      goesOn(request, false);
    }
  }
}
