package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.EnumSet;
import java.util.Set;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
import org.carepathway.fhir.Sender;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/**
 * Of what comes along with a search ({@code _include}, {@code _revinclude}) only what its sender
 * may read does. One resource out of sight would otherwise have the whole answer refused, and so
 * tell that it is there.
 */
@Component
@Interceptor
class IncludedInSight implements FhirInterceptor {

  private static final Set<Sender.Kind> ASKING = EnumSet.of(Sender.Kind.PERSON, Sender.Kind.SYSTEM);

  private final Readable readable;

  IncludedInSight(Readable readable) {
    this.readable = readable;
  }

  @Hook(value = Pointcut.STORAGE_PRESHOW_RESOURCES, order = RequestOrder.RIGHTS)
  public void show(IPreResourceShowDetails shown, RequestDetails request) {
    if (ASKING.contains(Sender.of(request).kind())) {
      for (int i = 0; i < shown.size(); i++) {
        IBaseResource resource = shown.getResource(i);
        if (resource != null && isIncluded(resource) && !readable.resource(resource)) {
          shown.setResource(i, null);
        }
      }
    }
  }

  private static boolean isIncluded(IBaseResource resource) {
    return ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.get(resource)
        == BundleEntrySearchModeEnum.INCLUDE;
  }
}
