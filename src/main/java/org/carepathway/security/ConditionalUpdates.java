package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.util.HashMap;
import java.util.Map;
import org.carepathway.fhir.FhirInterceptor;
import org.springframework.stereotype.Component;

/**
 * {@code PUT Type?identifier=...}: updates the one that is in sight, and creates where none is. It
 * is made a request for just that before HAPI takes it, as HAPI would find what is out of sight.
 */
@Component
@Interceptor
class ConditionalUpdates implements FhirInterceptor {

  /** After the limits of a search, which are looked at in the order of 0. */
  private static final int AFTER_LIMITS = 10;

  private final FhirRights rights;
  private final Conditions conditions;

  ConditionalUpdates(FhirRights rights, Conditions conditions) {
    this.rights = rights;
    this.conditions = conditions;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = AFTER_LIMITS)
  public void narrow(RequestDetails request) {
    String url = request.getCompleteUrl();
    int query = url.indexOf('?');
    String type = request.getResourceName();
    if (request.getRequestType() != RequestTypeEnum.PUT
        || type == null
        || query < 0
        || request.getId() != null && request.getId().hasIdPart()) {
      return;
    }
    if (!rights.may(Action.UPDATE, type) || !rights.may(Action.CREATE, type)) {
      throw new ForbiddenOperationException(
          "Your roles or your token do not allow to update %s.".formatted(type));
    }
    String narrowed = conditions.narrowedUpdate(url.substring(query + 1), type);
    check(narrowed, request.getHeader("If-Match"), request.getHeader("If-None-Match"));
    if (narrowed == null) {
      request.setRequestType(RequestTypeEnum.POST);
      request.setCompleteUrl(url.substring(0, query));
      request.setParameters(new HashMap<>());
    } else {
      request.setCompleteUrl(url.substring(0, query + 1) + narrowed);
      // HAPI removes some of them.
      request.setParameters(
          new HashMap<>(Map.of("_id", new String[] {narrowed.substring("_id=".length())})));
    }
  }

  /**
   * @param narrowed the condition that finds what is in sight; null where nothing is
   * @param match a version that must be the current one; null for any
   * @param noneMatch given where nothing must be there; null otherwise
   * @throws PreconditionFailedException (412) where it does not hold
   */
  static void check(String narrowed, String match, String noneMatch) {
    if (noneMatch != null && narrowed != null || match != null && narrowed == null) {
      throw new PreconditionFailedException(
          "If-Match or If-None-Match does not hold for what has this identifier; nothing was changed.");
    }
  }
}
