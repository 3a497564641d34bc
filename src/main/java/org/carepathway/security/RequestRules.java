package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Arrays;
import java.util.Set;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.SearchUrls;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.springframework.stereotype.Component;

/**
 * What a request may ask by. A chain, {@code _has} or a condition would tell of what is out of
 * sight by finding something or not (hapi-fhir#6065, #6414), so only the listed parameters are
 * taken, and inside a transaction no reads.
 */
@Component
@Interceptor
class RequestRules implements FhirInterceptor {

  private static final Set<String> PAGING =
      Set.of("_getpages", "_getpagesoffset", "_count", "_bundletype", "_format", "_pretty");
  private static final String BY_IDENTIFIER = "identifier=";

  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final FhirContext fhirContext;

  RequestRules(FhirRights rights, PatientsOf patientsOf, FhirContext fhirContext) {
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.fhirContext = fhirContext;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = -2)
  public void check(RequestDetails request) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    switch (operation) {
      case SEARCH_TYPE -> search(request);
      case READ, VREAD, HISTORY_INSTANCE -> require(Action.READ, request.getResourceName());
      case SEARCH_SYSTEM, HISTORY_TYPE, HISTORY_SYSTEM ->
          throw refused("Name a resource type and id: this is not offered for all at once.");
      case GET_PAGE ->
          request.getParameters().keySet().stream()
              .filter(name -> !PAGING.contains(name))
              .findFirst()
              .ifPresent(RequestRules::refuse);
      case CREATE -> {
        require(Action.CREATE, request.getResourceName());
        condition(request.getHeader("If-None-Exist"), request.getResourceName());
      }
      case UPDATE, PATCH -> byId(Action.UPDATE, request);
      case DELETE -> byId(Action.DELETE, request);
      case EXTENDED_OPERATION_INSTANCE -> ofOpenedPatient(request);
      default -> {}
    }
  }

  /** Inside a transaction or batch: creates and updates by id. */
  @Hook(Pointcut.STORAGE_TRANSACTION_PROCESSING)
  public void transaction(IBaseBundle received, RequestDetails request) {
    if (request instanceof SystemRequestDetails) {
      return;
    }
    ((Bundle) received).getEntry().forEach(RequestRules::entry);
    ((Bundle) received)
        .getEntry().stream()
            .filter(BundleEntryComponent::hasResource)
            .forEach(entry -> references(entry.getResource()));
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED)
  public void created(IBaseResource resource, RequestDetails request) {
    stored(resource, request);
  }

  @Hook(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    stored(after, request);
  }

  private void stored(IBaseResource resource, RequestDetails request) {
    if (request != null && !(request instanceof SystemRequestDetails)) {
      references(resource);
    }
  }

  /** A reference that is to be found by a search may tell as much as a search. */
  private void references(IBaseResource resource) {
    SearchUrls.references(fhirContext, resource)
        .forEach(url -> condition(url, "a reference to " + url.replaceFirst("[?].*", "")));
  }

  private static void entry(BundleEntryComponent entry) {
    HTTPVerb method = entry.getRequest().getMethod();
    String url = String.valueOf(entry.getRequest().getUrl());
    if ((method != HTTPVerb.POST && method != HTTPVerb.PUT) || url.contains("?")) {
      throw refused("A transaction may create (POST) and update by id (PUT), nothing else.");
    }
    condition(entry.getRequest().getIfNoneExist(), url);
  }

  private void search(RequestDetails request) {
    String type = request.getResourceName();
    require(Action.SEARCH, type);
    for (String parameter : request.getParameters().keySet()) {
      String name = parameter.replaceAll(":.*", "");
      if (parameter.contains(".") || !rights.maySearchBy(type, name)) {
        refuse(parameter);
      }
    }
    String[] sorts = request.getParameters().getOrDefault("_sort", new String[0]);
    Arrays.stream(sorts)
        .flatMap(sort -> Arrays.stream(sort.split(",")))
        .map(sort -> sort.replaceFirst("^-", ""))
        .filter(sort -> !rights.maySearchBy(type, sort))
        .findFirst()
        .ifPresent(RequestRules::refuse);
  }

  private void byId(Action action, RequestDetails request) {
    require(action, request.getResourceName());
    if (request.getId() == null || !request.getId().hasIdPart()) {
      throw refused("Name the resource by its id: conditions are not taken here.");
    }
  }

  /** Operations read what they need by themselves: the token's patient is asked for here. */
  private void ofOpenedPatient(RequestDetails request) {
    rights
        .openedFor(Action.READ, request.getResourceName())
        .filter(patient -> !patientsOf.ofPathways(request.getId()).contains(patient))
        .ifPresent(
            patient -> {
              throw new ResourceNotFoundException(request.getId());
            });
  }

  private void require(Action action, String type) {
    if (!rights.may(action, type)) {
      throw refused("Your roles or your token do not allow this.");
    }
  }

  /** A referral or patient is sent once, by its identifier. */
  private static void condition(String condition, String type) {
    if (condition == null || condition.isBlank()) {
      return;
    }
    String query = condition.replaceFirst("^[^?]*\\?", "");
    if (!query.startsWith(BY_IDENTIFIER) || query.contains("&")) {
      throw refused("The only condition that is taken for " + type + " is its identifier.");
    }
  }

  private static void refuse(String parameter) {
    throw refused("You may not search by '%s' here.".formatted(parameter.replaceAll("=.*", "")));
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
