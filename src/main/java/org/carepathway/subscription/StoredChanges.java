package org.carepathway.subscription;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes an event for each subscription that a change concerns, in the transaction of the change:
 * it is told of if and only if it was made.
 */
@Component
@Interceptor
class StoredChanges implements StoreInterceptor {

  private final SubscriberRows subscriptions;
  private final EventRows rows;
  private final Filters filters;
  private final ApplicationEventPublisher events;

  StoredChanges(
      SubscriberRows subscriptions,
      EventRows rows,
      Filters filters,
      ApplicationEventPublisher events) {
    this.subscriptions = subscriptions;
    this.rows = rows;
    this.filters = filters;
    this.events = events;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.SUBSCRIBERS)
  public void created(IBaseResource resource, RequestDetails request) {
    changed(null, (Resource) resource, request);
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.SUBSCRIBERS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    changed((Resource) before, (Resource) after, request);
  }

  private void changed(Resource before, Resource after, RequestDetails request) {
    Sender sender = Sender.of(request);
    for (Topic topic : Topic.values()) {
      if (topic.tells(before, after, sender)) {
        tell(topic, after, before == null);
      }
    }
  }

  private void tell(Topic topic, Resource focus, boolean created) {
    String id = focus.fhirType() + '/' + focus.getIdElement().getIdPart();
    for (Kept kept : subscriptions.about(topic)) {
      if (filters.match(kept.filters(), focus)) {
        rows.add(kept.id(), id, created);
        events.publishEvent(new SomethingToTell());
      }
    }
  }

  /** A subscription may have its turn. */
  record SomethingToTell() {}
}
