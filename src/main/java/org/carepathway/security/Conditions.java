package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.security.SentReferences.Around;
import org.carepathway.security.Sight.Found;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
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
  private final SentReferences references;
  private final Sight sight;
  private final WriteConditions writes;

  Conditions(
      FhirContext fhirContext, SentReferences references, Sight sight, WriteConditions writes) {
    this.fhirContext = fhirContext;
    this.references = references;
    this.sight = sight;
    this.writes = writes;
  }

  /** Inside a transaction: creates, and updates by id or by identifier. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_RULES)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (Sender.of(request).isOutside()) {
      Bundle bundle = (Bundle) received;
      BundleLinks.rename(bundle, fhirContext.newTerser());
      bundle.getEntry().forEach(this::entry);
      Around around = Around.of(bundle, request.getFhirServerBase());
      bundle.getEntry().stream()
          .filter(BundleEntryComponent::hasResource)
          .forEach(entry -> references.check(entry.getResource(), around));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.CONDITIONS)
  public void created(IBaseResource resource, RequestDetails request) {
    // Those of a transaction are checked above, all together.
    if (Sender.of(request).isOutside()
        && request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION) {
      references.check(resource, Around.nothing(request.getFhirServerBase()));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.CONDITIONS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    if (request != null && request.getRestOperationType() == RestOperationTypeEnum.UPDATE) {
      // HAPI passes it over where the address has an identifier.
      WriteConditions.current(before, request.getHeader("If-Match"));
    }
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

  /**
   * The same for an update.
   *
   * @return the condition that finds what is in sight; null where nothing is found, and so what was
   *     sent is new
   * @throws PreconditionFailedException (412) where several are in sight
   */
  String narrowedUpdate(String condition, String type) {
    Found found = sight.byIdentifier(type, value(condition, type));
    if (found.visible().size() > 1) {
      throw new PreconditionFailedException(
          "There are %d %s with this identifier, so it is not known which one is meant; nothing was changed. Update it by its id."
              .formatted(found.visible().size(), type));
    }
    return found.visible().stream()
        .findFirst()
        .map(one -> "_id=" + new IdType(one).getIdPart())
        .orElse(null);
  }

  static String value(String condition, String type) {
    String query = condition.replaceFirst("^[^?]*\\?", "");
    if (!query.startsWith(BY_IDENTIFIER) || query.contains("&")) {
      throw refused("The only condition that is taken for " + type + " is its identifier.");
    }
    return query.substring(BY_IDENTIFIER.length());
  }

  private void entry(BundleEntryComponent entry) {
    BundleEntryRequestComponent request = entry.getRequest();
    HTTPVerb method = request.getMethod();
    String url = String.valueOf(request.getUrl());
    boolean conditional = url.contains("?");
    if (method == HTTPVerb.PUT && !conditional) {
      writes.check(new IdType(url), request.getIfMatch(), request.getIfNoneMatch());
    }
    if (method != HTTPVerb.PUT && (method != HTTPVerb.POST || conditional)) {
      throw refused(
          "A transaction may create (POST) and update by id or identifier (PUT), nothing else.");
    }
    if (conditional) {
      String type = url.substring(0, url.indexOf('?'));
      String narrowed = narrowedUpdate(url, type);
      ConditionalUpdates.check(narrowed, request.getIfMatch(), request.getIfNoneMatch());
      request.setMethod(narrowed == null ? HTTPVerb.POST : HTTPVerb.PUT);
      request.setUrl(narrowed == null ? type : url(entry, type, narrowed));
    }
    if (request.hasIfNoneExist() && method == HTTPVerb.POST) {
      request.setIfNoneExist(narrowed(request.getIfNoneExist(), url));
    }
  }

  /** By its id where a version is named, which HAPI passes over where there is a condition. */
  private static String url(BundleEntryComponent entry, String type, String narrowed) {
    if (!entry.getRequest().hasIfMatch()) {
      return type + '?' + narrowed;
    }
    String id = type + '/' + narrowed.substring("_id=".length());
    entry.getResource().setId(id);
    return id;
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
