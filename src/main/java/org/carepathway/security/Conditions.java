package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import org.carepathway.fhir.SearchUrls;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;

/**
 * On which conditions others may store something: a condition, and a reference that is to be found
 * by a search, may tell as much as a search. Inside a transaction nothing is read.
 */
@Component
@Interceptor
class Conditions implements StoreInterceptor {

  private static final String BY_IDENTIFIER = "identifier=";

  private final FhirContext fhirContext;

  Conditions(FhirContext fhirContext) {
    this.fhirContext = fhirContext;
  }

  /** Inside a transaction or batch: creates and updates by id. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_RULES)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      ((Bundle) received).getEntry().forEach(Conditions::entry);
      ((Bundle) received)
          .getEntry().stream()
              .filter(BundleEntryComponent::hasResource)
              .forEach(entry -> references(entry.getResource()));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.CONDITIONS)
  public void created(IBaseResource resource, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      references(resource);
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.CONDITIONS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }

  /**
   * A referral or patient is sent once, by its identifier.
   *
   * @param condition the query; null for none
   */
  static void require(String condition, String type) {
    if (condition == null || condition.isBlank()) {
      return;
    }
    String query = condition.replaceFirst("^[^?]*\\?", "");
    if (!query.startsWith(BY_IDENTIFIER) || query.contains("&")) {
      throw refused("The only condition that is taken for " + type + " is its identifier.");
    }
  }

  private void references(IBaseResource resource) {
    SearchUrls.references(fhirContext, resource)
        .forEach(url -> require(url, "a reference to " + url.replaceFirst("[?].*", "")));
  }

  private static void entry(BundleEntryComponent entry) {
    HTTPVerb method = entry.getRequest().getMethod();
    String url = String.valueOf(entry.getRequest().getUrl());
    if ((method != HTTPVerb.POST && method != HTTPVerb.PUT) || url.contains("?")) {
      throw refused("A transaction may create (POST) and update by id (PUT), nothing else.");
    }
    require(entry.getRequest().getIfNoneExist(), url);
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
