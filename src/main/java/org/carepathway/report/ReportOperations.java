package org.carepathway.report;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.UUID;
import org.carepathway.answers.Given;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * What systems report about a CarePlan at {@code /fhir}: {@code $report}, and {@code $populate} for
 * the form to report it with.
 */
@Component
class ReportOperations implements FhirOperations {

  private final Reports reports;
  private final Pathways pathways;
  private final IRepository repository;

  ReportOperations(Reports reports, Pathways pathways, IRepository repository) {
    this.reports = reports;
    this.pathways = pathways;
    this.repository = repository;
  }

  @Operation(name = "$populate", type = CarePlan.class, idempotent = true)
  public QuestionnaireResponse populate(
      @IdParam IdType id, @OperationParam(name = "event", min = 0, max = 1) StringType event) {
    return reports.first(key(id), name(event)).answers();
  }

  @Operation(name = "$report", type = CarePlan.class)
  public CarePlan report(
      @IdParam IdType id,
      @OperationParam(name = "event", min = 0, max = 1) StringType event,
      @OperationParam(name = "response", min = 0, max = 1) QuestionnaireResponse response,
      @OperationParam(name = "confirm", min = 0, max = 1) BooleanType confirm) {
    if (response == null) {
      throw new InvalidRequestException(
          "Send Parameters with 'event', a name, and 'response', a QuestionnaireResponse.");
    }
    boolean confirmed = confirm != null && confirm.booleanValue();
    reports.report(key(id), name(event), response.getIdentifier(), Given.of(response, confirmed));
    return repository.read(CarePlan.class, id.toUnqualifiedVersionless());
  }

  private static String name(StringType event) {
    if (event == null || event.isEmpty()) {
      throw new InvalidRequestException("Name what happened in the parameter 'event'.");
    }
    return event.getValue();
  }

  private UUID key(IdType id) {
    return pathways.ofCarePlan(id.getIdPart()).orElseThrow(PatientScope::nothingHere).id();
  }
}
