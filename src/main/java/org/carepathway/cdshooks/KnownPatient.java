package org.carepathway.cdshooks;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Finds who a patient of an EHR is here: by a number, and by nothing else. */
@Component
class KnownPatient {

  private final PatientMatch match;
  private final PatientScope scope;

  KnownPatient(PatientMatch match, PatientScope scope) {
    this.match = match;
    this.scope = scope;
  }

  /**
   * @param system of the numbers that count; null for any
   * @return the id of the Patient here; empty where nobody has the number, several have, or the
   *     client may not ask for them
   */
  Optional<String> find(Patient there, String system) {
    Set<String> found =
        there.getIdentifier().stream()
            .filter(number -> number.hasSystem() && number.hasValue())
            .filter(number -> number.getUse() != Identifier.IdentifierUse.OLD)
            .filter(number -> system == null || system.equals(number.getSystem()))
            .flatMap(number -> match.byNumber(number).stream())
            .map(patient -> patient.getIdElement().getIdPart())
            .collect(Collectors.toSet());
    return found.size() == 1
        ? found.stream().findFirst().filter(scope::isVisible)
        : Optional.empty();
  }
}
