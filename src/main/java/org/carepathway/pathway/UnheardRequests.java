package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Map;
import java.util.TreeMap;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/**
 * Tells who sent a request that it starts nothing: in the header {@code Warning}, and in the
 * OperationOutcome where the answer has one. Active ones are kept for who connects systems.
 */
@Component
@Interceptor
class UnheardRequests implements FhirInterceptor {

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

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answer(IBaseResource answer, RequestDetails details) {
    if (!(details instanceof ServletRequestDetails request) || notes(details).isEmpty()) {
      return;
    }
    notes(details)
        .values()
        .forEach(
            text ->
                request.getServletResponse().addHeader("Warning", "199 - \"%s\"".formatted(text)));
    if (answer instanceof OperationOutcome outcome) {
      notes(details).values().forEach(text -> add(outcome, text));
    } else if (answer instanceof Bundle bundle) {
      bundle.getEntry().forEach(entry -> answer(entry, notes(details)));
    }
  }

  private static void answer(BundleEntryComponent entry, Map<String, String> notes) {
    IdType location = new IdType(entry.getResponse().getLocation());
    String text = location.hasIdPart() ? notes.get(location.getIdPart()) : null;
    if (text != null) {
      if (!(entry.getResponse().getOutcome() instanceof OperationOutcome)) {
        entry.getResponse().setOutcome(new OperationOutcome());
      }
      add((OperationOutcome) entry.getResponse().getOutcome(), text);
    }
  }

  private static void add(OperationOutcome outcome, String text) {
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(text);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> notes(RequestDetails request) {
    return (Map<String, String>)
        request.getUserData().computeIfAbsent(NOTE, key -> new TreeMap<String, String>());
  }
}
