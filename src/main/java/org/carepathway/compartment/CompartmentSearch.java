package org.carepathway.compartment;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * {@code GET Patient/x/Observation?...} is the search {@code Observation?patient=Patient/x&...},
 * under the same rules: a patient out of sight has nothing, as one who is not there.
 */
@Component
@Interceptor
class CompartmentSearch implements FhirInterceptor {

  private static final String PATIENT = "Patient";

  /** Before anything looks at the request. */
  private static final int FIRST = -1_000;

  private final OfPatient ofPatient;

  CompartmentSearch(OfPatient ofPatient) {
    this.ofPatient = ofPatient;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED, order = FIRST)
  public void rewrite(RequestDetails request) {
    String type = request.getCompartmentName();
    if (type == null) {
      return;
    }
    if (!PATIENT.equals(request.getResourceName())
        || request.getRequestType() != RequestTypeEnum.GET
        || request.getId() == null) {
      throw new InvalidRequestException(
          "Only a patient's compartment is searched here, with GET: Patient/<id>/%s."
              .formatted(type));
    }
    String parameter =
        ofPatient
            .parameter(type)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "'%s' is no type of R4's Patient compartment that is served here: these are %s. For all of them ask Patient/<id>/$everything."
                            .formatted(type, String.join(", ", ofPatient.types()))));
    String patient = PATIENT + '/' + new IdType(request.getId().getValue()).getIdPart();
    Map<String, String[]> parameters = new LinkedHashMap<>(request.getParameters());
    String[] before = parameters.getOrDefault(parameter, new String[0]);
    parameters.put(
        parameter,
        Stream.concat(Arrays.stream(before), Stream.of(patient)).distinct().toArray(String[]::new));
    request.setParameters(parameters);
    request.setResourceName(type);
    request.setId(null);
    request.setCompartmentName(null);
    request.setRequestPath(type);
  }
}
