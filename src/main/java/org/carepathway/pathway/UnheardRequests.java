package org.carepathway.pathway;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/**
 * Requests that started nothing: noted for the answer, and active ones kept for who connects
 * systems.
 */
@Component
class UnheardRequests {

  private static final String NOTE = UnheardRequests.class.getName();

  private final UnheardRows rows;

  UnheardRequests(UnheardRows rows) {
    this.rows = rows;
  }

  /** It was stored and started nothing. */
  void unheard(ServiceRequest stored, RequestDetails request) {
    String id = stored.getIdElement().getIdPart();
    boolean active = stored.getStatus() == ServiceRequestStatus.ACTIVE;
    if (active) {
      rows.add(id, String.valueOf(new IdType(stored.getSubject().getReference()).getIdPart()));
    }
    if (request != null) {
      notes(request)
          .put(
              id,
              active
                  ? "ServiceRequest/%s is stored; no pathway waits for it, and nobody is told. Its intent must be order, and its code one that starts a pathway."
                      .formatted(id)
                  : "ServiceRequest/%s is stored; its pathway starts when its status becomes active."
                      .formatted(id));
    }
  }

  /** It has started a pathway, or is withdrawn. */
  void settled(ServiceRequest stored) {
    rows.remove(stored.getIdElement().getIdPart());
  }

  /** By the id of the ServiceRequest, what its sender is told. */
  @SuppressWarnings("unchecked")
  static Map<String, String> notes(RequestDetails request) {
    return (Map<String, String>)
        request.getUserData().computeIfAbsent(NOTE, key -> new TreeMap<String, String>());
  }
}
