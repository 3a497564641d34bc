package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Arrays;
import java.util.Set;
import org.carepathway.fhir.FhirInterceptor;
import org.springframework.stereotype.Component;

/**
 * What a request may ask by. A chain, {@code _has} or a condition would tell of what is out of
 * sight by finding something or not (hapi-fhir#6065, #6414), so only the listed parameters are
 * taken.
 */
@Component
@Interceptor
class RequestRules implements FhirInterceptor {

  private static final Set<String> PAGING =
      Set.of("_getpages", "_getpagesoffset", "_count", "_bundletype", "_format", "_pretty");

  private final FhirRights rights;
  private final PatientsOf patientsOf;

  RequestRules(FhirRights rights, PatientsOf patientsOf) {
    this.rights = rights;
    this.patientsOf = patientsOf;
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
        Conditions.require(request.getHeader("If-None-Exist"), request.getResourceName());
      }
      case UPDATE, PATCH -> byId(Action.UPDATE, request);
      case DELETE -> byId(Action.DELETE, request);
      case EXTENDED_OPERATION_INSTANCE -> ofOpenedPatient(request);
      default -> {}
    }
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

  private static void refuse(String parameter) {
    throw refused("You may not search by '%s' here.".formatted(parameter.replaceAll("=.*", "")));
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
