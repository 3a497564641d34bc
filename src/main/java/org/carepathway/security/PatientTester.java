package org.carepathway.security;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleTester;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Lets a resource pass whose patients are in sight. Which patients it is about is HAPI's reading of
 * the Patient compartment, and the search parameters {@code patient} and {@code subject} of types
 * outside it, such as Task.
 */
record PatientTester(FhirRights rights, PatientsOf patientsOf, String type)
    implements IAuthRuleTester {

  /** Under this name a request keeps whom it names out of sight. */
  static final String HIDDEN = PatientTester.class.getName();

  @Override
  public boolean matchesOutput(RuleTestRequest request) {
    return request.resource == null || isInSight(Action.READ, request.resource);
  }

  @Override
  public boolean matches(RuleTestRequest request) {
    if (request.resource == null || isReading(request.operation)) {
      return true;
    }
    Action action =
        request.operation == RestOperationTypeEnum.CREATE ? Action.CREATE : Action.UPDATE;
    Optional<String> hidden =
        patientsOf.named(request.resource).stream()
            .filter(patient -> !rights.isInSight(action, type, patient))
            .filter(patient -> !rights.scope().isNew(patient))
            .findFirst();
    hidden.ifPresent(
        patient -> {
          rights.scope().refused(patient);
          request.requestDetails.getUserData().put(HIDDEN, "Patient/" + patient);
        });
    return hidden.isEmpty();
  }

  private boolean isInSight(Action action, IBaseResource resource) {
    Set<String> patients = patientsOf.of(resource);
    if (patients.isEmpty()) {
      return !patientsOf.isAboutPatients(type) || rights.scope().seesEveryPatient();
    }
    return patients.stream().allMatch(patient -> isInSight(action, patient));
  }

  private boolean isInSight(Action action, String patient) {
    boolean inSight = rights.isInSight(action, type, patient);
    if (!inSight) {
      rights.scope().refused(patient);
    }
    return inSight;
  }

  private static boolean isReading(RestOperationTypeEnum operation) {
    return switch (operation) {
      case CREATE, UPDATE, PATCH, DELETE, TRANSACTION -> false;
      default -> true;
    };
  }
}
