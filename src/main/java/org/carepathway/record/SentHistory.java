package org.carepathway.record;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.carepathway.fact.History;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Tells what others send as {@link History} from what a pathway wrote, by our tag, and says which
 * feed it came by.
 */
@Component
@Interceptor
class SentHistory implements StoreInterceptor {

  private final SentProvenance provenances;

  SentHistory(SentProvenance provenances) {
    this.provenances = provenances;
  }

  /** Here a Provenance can be seen together with what it is about. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_HISTORY)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      Bundle bundle = (Bundle) received;
      bundle.getEntry().stream()
          .map(BundleEntryComponent::getResource)
          .filter(Provenance.class::isInstance)
          .forEach(provenance -> provenances.accept((Provenance) provenance, bundle));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.HISTORY)
  public void created(IBaseResource resource, RequestDetails request) {
    Sender sender = Sender.of(request);
    boolean outside = sender.isOutside();
    History.mark((Resource) resource, outside && History.isType(resource.fhirType()));
    Meta meta = ((Resource) resource).getMeta();
    if (sender.kind() == Sender.Kind.FEED && !meta.hasSource()) {
      meta.setSource(Sender.FEEDS + sender.name());
    }
    if (outside
        && resource instanceof Provenance provenance
        && request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION) {
      provenances.accept(provenance, new Bundle());
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.HISTORY)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }
}
