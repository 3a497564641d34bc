package org.carepathway.security;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.IdType;

/**
 * Whom a search names by something of their pathway, such as {@code focus=ServiceRequest/x}. It is
 * then narrowed to those of them that are in sight and not to every patient of a team, of whom
 * there are hundreds.
 */
record NamedPatients(FhirRights rights, PatientsOf patientsOf) {

  private static final String ID = "_id";
  private static final String PATIENT = "Patient";
  private static final Pattern ONE = Pattern.compile("([A-Z][A-Za-z]+/)?[A-Za-z0-9.-]{1,64}");

  /** Empty where it names nothing of a pathway. */
  Optional<Set<String>> in(RequestDetails request) {
    return request.getParameters().entrySet().stream()
        .flatMap(
            parameter ->
                named(request.getResourceName(), parameter.getKey(), parameter.getValue()).stream())
        .map(this::patients)
        .filter(patients -> !patients.isEmpty())
        .findFirst()
        .map(
            patients ->
                patients.stream()
                    .filter(rights.scope()::isVisible)
                    .collect(Collectors.toUnmodifiableSet()));
  }

  private Set<String> patients(IdType named) {
    return named.getResourceType().equals(PATIENT)
        ? Set.of(named.getIdPart())
        : patientsOf.ofPathways(named);
  }

  private static Optional<IdType> named(String type, String parameter, String[] values) {
    if (values.length != 1 || !ONE.matcher(values[0]).matches()) {
      return Optional.empty();
    }
    if (values[0].contains("/")) {
      return Optional.of(new IdType(values[0]));
    }
    return parameter.equals(ID)
        ? Optional.of(new IdType(type, values[0]))
        : Optional.of(new IdType(PATIENT, values[0])).filter(id -> parameter.equals("patient"));
  }
}
