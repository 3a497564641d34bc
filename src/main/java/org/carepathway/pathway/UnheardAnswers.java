package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.Map;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.stereotype.Component;

/**
 * Tells who sent a request that it starts nothing: in the header {@code Warning}, and in the
 * OperationOutcome where the answer has one.
 */
@Component
@Interceptor
class UnheardAnswers implements FhirInterceptor {

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answer(IBaseResource answer, RequestDetails details) {
    if (!(details instanceof ServletRequestDetails request)
        || UnheardRequests.notes(details).isEmpty()) {
      return;
    }
    UnheardRequests.notes(details)
        .values()
        .forEach(
            text ->
                request.getServletResponse().addHeader("Warning", "199 - \"%s\"".formatted(text)));
    if (answer instanceof OperationOutcome outcome) {
      UnheardRequests.notes(details).values().forEach(text -> add(outcome, text));
    } else if (answer instanceof Bundle bundle) {
      bundle.getEntry().forEach(entry -> answer(entry, UnheardRequests.notes(details)));
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
}
