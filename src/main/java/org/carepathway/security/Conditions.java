package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.fhir.NothingHere;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.security.Sight.Found;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * On which conditions others may store something, and what it may refer to. A condition tells as
 * much as a search, and a reference as much as a read: they find only what is in sight of who sent
 * them. Inside a transaction nothing is read.
 */
@Component
@Interceptor
class Conditions implements StoreInterceptor {

  private static final String BY_IDENTIFIER = "identifier=";

  private final FhirContext fhirContext;
  private final Sight sight;

  Conditions(FhirContext fhirContext, Sight sight) {
    this.fhirContext = fhirContext;
    this.sight = sight;
  }

  /** Inside a transaction or batch: creates and updates by id. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_RULES)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      Bundle bundle = (Bundle) received;
      Set<String> sent =
          bundle.getEntry().stream()
              .filter(BundleEntryComponent::hasResource)
              .flatMap(entry -> BundleNumbers.of(entry.getResource()))
              .collect(Collectors.toSet());
      bundle.getEntry().forEach(this::entry);
      bundle.getEntry().stream()
          .filter(BundleEntryComponent::hasResource)
          .forEach(entry -> references(entry.getResource(), sent));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.CONDITIONS)
  public void created(IBaseResource resource, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      references(resource, Set.of());
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.CONDITIONS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    created(after, request);
  }

  /**
   * A referral or patient is sent once, by its identifier. One that is out of sight is not found:
   * what was sent is stored as new.
   *
   * @param condition the query; null for none
   * @return the condition that finds what is in sight; null for none
   */
  String narrowed(String condition, String type) {
    if (condition == null || condition.isBlank()) {
      return condition;
    }
    Found found = sight.byIdentifier(type, value(condition, type));
    if (!found.hasHidden()) {
      return condition;
    }
    return found.visible().isEmpty()
        ? null
        : "_id=" + new IdType(found.visible().get(0)).getIdPart();
  }

  private static String value(String condition, String type) {
    String query = condition.replaceFirst("^[^?]*\\?", "");
    if (!query.startsWith(BY_IDENTIFIER) || query.contains("&")) {
      throw refused("The only condition that is taken for " + type + " is its identifier.");
    }
    return query.substring(BY_IDENTIFIER.length());
  }

  /**
   * @param sent what the same Bundle brings, as {@code Type?identifier}
   */
  private void references(IBaseResource resource, Set<String> sent) {
    fhirContext.newTerser().getAllResourceReferences(resource).stream()
        .map(found -> found.getResourceReference())
        .filter(reference -> reference.getReferenceElement().getValue() != null)
        .forEach(reference -> reference(reference, sent));
  }

  private void reference(IBaseReference reference, Set<String> sent) {
    String url = reference.getReferenceElement().getValue();
    IdType id = new IdType(url);
    if (url.contains("?")) {
      String type = url.substring(0, url.indexOf('?'));
      String value = value(url, "a reference to " + type);
      if (!sent.contains(BundleNumbers.key(type, value))) {
        reference.setReference(found(sight.byIdentifier(type, value), url));
      }
    } else if (!url.startsWith("urn:")
        && !url.startsWith("#")
        && id.hasIdPart()
        && fhirContext.getResourceTypes().contains(String.valueOf(id.getResourceType()))
        && sight.hides(id)) {
      throw NothingHere.referred(url);
    }
  }

  /** Several are for the store to refuse. */
  private static String found(Found found, String url) {
    if (found.visible().isEmpty()) {
      throw NothingHere.referred(url);
    }
    return found.visible().size() == 1 ? found.visible().get(0) : url;
  }

  private void entry(BundleEntryComponent entry) {
    HTTPVerb method = entry.getRequest().getMethod();
    String url = String.valueOf(entry.getRequest().getUrl());
    if ((method != HTTPVerb.POST && method != HTTPVerb.PUT) || url.contains("?")) {
      throw refused("A transaction may create (POST) and update by id (PUT), nothing else.");
    }
    if (entry.getRequest().hasIfNoneExist()) {
      entry.getRequest().setIfNoneExist(narrowed(entry.getRequest().getIfNoneExist(), url));
    }
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
