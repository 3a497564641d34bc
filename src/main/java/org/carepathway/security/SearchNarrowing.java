package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizedList;
import ca.uhn.fhir.rest.server.interceptor.auth.SearchNarrowingInterceptor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.springframework.stereotype.Component;

/**
 * Searches at {@code /fhir} find only what is about patients in sight, so that not even a count
 * tells of others. HAPI narrows the types of the Patient compartment; the others, such as Task, are
 * narrowed by their parameter {@code patient} in the same way.
 */
@Component
@Interceptor
class SearchNarrowing extends SearchNarrowingInterceptor implements FhirInterceptor {

  private static final String PATIENT = "Patient/";

  /** Nobody has this id: a search for the patients of nobody finds nothing. */
  private static final Set<String> NOBODY = Set.of("nobody");

  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final NamedPatients named;

  SearchNarrowing(FhirRights rights, PatientsOf patientsOf) {
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.named = new NamedPatients(rights, patientsOf);
  }

  @Override
  protected AuthorizedList buildAuthorizedList(RequestDetails request) {
    String type = request.getResourceName();
    if (type == null || type.equals(FhirAccess.AUDIT) || !patientsOf.isInCompartment(type)) {
      return null;
    }
    return patients(request)
        .map(
            patients ->
                new AuthorizedList()
                    .addCompartments(patients.stream().map(PATIENT::concat).toArray(String[]::new)))
        .orElse(null);
  }

  @Override
  public void hookIncomingRequestPostProcessed(
      RequestDetails request, HttpServletRequest http, HttpServletResponse response) {
    super.hookIncomingRequestPostProcessed(request, http, response);
    String type = request.getResourceName();
    if (request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
        && !patientsOf.isInCompartment(type)
        && patientsOf.isAboutPatients(type)) {
      patients(request).ifPresent(patients -> and(request, patients));
    }
  }

  /** Repeating a parameter means AND. */
  private static void and(RequestDetails request, Set<String> patients) {
    Map<String, String[]> parameters = new LinkedHashMap<>(request.getParameters());
    String added = patients.stream().map(PATIENT::concat).collect(Collectors.joining(","));
    String[] before = parameters.getOrDefault("patient", new String[0]);
    // HAPI takes no value twice.
    parameters.put(
        "patient",
        Stream.concat(Arrays.stream(before), Stream.of(added)).distinct().toArray(String[]::new));
    request.setParameters(parameters);
  }

  private Optional<Set<String>> patients(RequestDetails request) {
    Optional<Set<String>> one =
        rights.openedFor(Action.SEARCH, request.getResourceName()).map(Set::of);
    Optional<Set<String>> team =
        rights.scope().seesEveryPatient()
            ? Optional.empty()
            : named.in(request).or(rights.scope()::visible);
    Optional<Set<String>> both =
        one.isPresent() && team.isPresent()
            ? one.map(
                opened ->
                    opened.stream()
                        .filter(team.get()::contains)
                        .collect(Collectors.toUnmodifiableSet()))
            : one.or(() -> team);
    return both.map(patients -> patients.isEmpty() ? NOBODY : patients);
  }
}
