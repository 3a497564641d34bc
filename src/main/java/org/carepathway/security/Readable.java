package org.carepathway.security;

import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.springframework.stereotype.Component;

/** What who is signed in may read, for what collects resources by itself. */
@Component
public class Readable {

  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final PatientScope scope;

  Readable(FhirRights rights, PatientsOf patientsOf, PatientScope scope) {
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.scope = scope;
  }

  /** Whether a patient is in sight; where not, the audit keeps that they were asked for. */
  public boolean patient(String id) {
    boolean inSight = rights.isInSight(Action.READ, "Patient", id);
    if (!inSight) {
      scope.refused(id);
    }
    return inSight;
  }

  public boolean type(String type) {
    return rights.isServed(type);
  }

  /** Whether resources of a type are about no patient, such as a Location. */
  public boolean isNoPatients(String type) {
    return rights.isServed(type) && !patientsOf.isAboutPatients(type);
  }

  /** Whether all patients are in sight whom a resource is about. */
  public boolean resource(IBaseResource resource) {
    String type = resource.fhirType();
    if (!type(type)) {
      return false;
    }
    Set<String> patients = patientsOf.of(resource);
    return patients.isEmpty()
        ? !patientsOf.isAboutPatients(type) || scope.seesEveryPatient()
        : patients.stream().allMatch(patient -> rights.isInSight(Action.READ, type, patient));
  }
}
