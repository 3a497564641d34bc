package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.RequestOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * What HAPI passes over in a {@code PUT}: {@code If-None-Match: *} means to create and never to
 * replace, and {@code If-Match} that there is something to replace (RFC 9110, 13.1). What is out of
 * sight is as absent here as it is elsewhere.
 */
@Component
@Interceptor
class WriteConditions implements FhirInterceptor {

  private final Sight sight;

  WriteConditions(Sight sight) {
    this.sight = sight;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.BODY)
  public void check(RequestDetails request) {
    if (request.getRestOperationType() == RestOperationTypeEnum.UPDATE
        && !OwnTables.ALONE.contains(request.getResourceName())
        && request.getId() instanceof IdType id
        && id.hasIdPart()) {
      check(
          new IdType(request.getResourceName(), id.getIdPart()),
          // A version in the address is one that must be the current one, too.
          id.hasVersionIdPart() ? id.getVersionIdPart() : request.getHeader("If-Match"),
          request.getHeader("If-None-Match"));
    }
  }

  /**
   * @param match a version that must be the current one; null for any
   * @param noneMatch {@code *} where nothing must be there; null otherwise
   */
  void check(IdType id, String match, String noneMatch) {
    if (noneMatch != null && sight.shows(id)) {
      throw new PreconditionFailedException(
          "%s is there already, and If-None-Match says to replace nothing; nothing was changed."
              .formatted(id.getValue()));
    }
    if (match != null && !sight.shows(id)) {
      throw new PreconditionFailedException(
          "There is no %s here, and If-Match names a version of it; nothing was stored."
              .formatted(id.getValue()));
    }
  }

  /**
   * @param match a version that must be the current one; null for any
   * @throws PreconditionFailedException (412) where it is not
   */
  static void current(IBaseResource before, String match) {
    String version = before.getIdElement().getVersionIdPart();
    if (match != null
        && version != null
        && !version.equals(match.strip().replaceAll("^(W/)?\"|\"$", ""))) {
      throw new PreconditionFailedException(
          "If-Match names a version that is not the current one; nothing was changed. Read it again, then try again.");
    }
  }
}
