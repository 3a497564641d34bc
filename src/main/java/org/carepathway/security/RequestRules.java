package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
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

  private static final String IF_NONE_EXIST = "If-None-Exist";
  private static final String VALIDATE = "$validate";

  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final Conditions conditions;
  private final SearchRules searches;

  RequestRules(
      FhirRights rights, PatientsOf patientsOf, Conditions conditions, SearchableBy searchable) {
    this.searches = new SearchRules(rights, searchable);
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.conditions = conditions;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.RIGHTS)
  public void check(RequestDetails request) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    switch (operation) {
      case SEARCH_TYPE -> {
        require(Action.SEARCH, request.getResourceName());
        searches.check(request);
      }
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
        String condition = request.getHeader(IF_NONE_EXIST);
        String narrowed = conditions.narrowed(condition, request.getResourceName());
        if (!Objects.equals(condition, narrowed)) {
          request.setHeaders(IF_NONE_EXIST, Stream.ofNullable(narrowed).toList());
        }
      }
      case UPDATE, PATCH -> byId(Action.UPDATE, request);
      case DELETE -> byId(Action.DELETE, request);
      case EXTENDED_OPERATION_INSTANCE -> {
        validate(request);
        ofOpenedPatient(request);
      }
      case EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_SERVER, VALIDATE -> validate(request);
      case TRANSACTION -> {
        if (!Batch.isOne(request) && !rights.mayUse(FhirRights.TRANSACTION)) {
          throw refused("Your roles or your token do not allow to send a Bundle.");
        }
      }
      default -> {}
    }
  }

  private void byId(Action action, RequestDetails request) {
    require(action, request.getResourceName());
    // The condition of an update is made one of an id by ConditionalUpdates.
    boolean conditional =
        request.getRestOperationType() == RestOperationTypeEnum.UPDATE
            && request.getCompleteUrl().contains("?_id=");
    if (!conditional && (request.getId() == null || !request.getId().hasIdPart())) {
      throw refused("Name the resource by its id: conditions are not taken here.");
    }
  }

  /** Operations read what they need by themselves: the token's patient is asked for here. */
  private void ofOpenedPatient(RequestDetails request) {
    String type = request.getResourceName();
    rights
        .openedFor(Action.READ, type)
        .filter(patient -> patientsOf.isAboutPatients(type))
        .filter(patient -> !patientsOf.ofPathways(request.getId()).contains(patient))
        .ifPresent(
            patient -> {
              throw new ResourceNotFoundException(request.getId());
            });
  }

  /** Who may not write need not ask whether it would be taken: that costs as much as to take it. */
  private void validate(RequestDetails request) {
    if (VALIDATE.equals(request.getOperation())) {
      String type = request.getResourceName();
      if (!rights.mayUse("*/" + VALIDATE)
          || !rights.may(Action.CREATE, type) && !rights.may(Action.UPDATE, type)) {
        throw refused("Your roles or your token do not allow to validate %s.".formatted(type));
      }
    }
  }

  private void require(Action action, String type) {
    if (!rights.may(action, type)) {
      throw refused(
          "Your roles or your token do not allow to %s %s."
              .formatted(action.name().toLowerCase(Locale.ROOT), type));
    }
  }

  private static void refuse(String parameter) {
    throw refused("You may not search by '%s' here.".formatted(parameter.replaceAll("=.*", "")));
  }

  private static ForbiddenOperationException refused(String reason) {
    return new ForbiddenOperationException(reason);
  }
}
