package org.carepathway.entry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.patient.PatientEntry;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.stereotype.Component;

/** Who of the patients here may be the one that was typed in, by the rules of the inbox. */
@Component
class PossiblePatients {

  private final PatientMatch match;
  private final PatientIdentity identity;
  private final Pathways pathways;
  private final PatientScope scope;

  PossiblePatients(
      PatientMatch match, PatientIdentity identity, Pathways pathways, PatientScope scope) {
    this.match = match;
    this.identity = identity;
    this.pathways = pathways;
    this.scope = scope;
  }

  /**
   * Those in sight of who is signed in; whether there are others is not told.
   *
   * @param typed who was typed in
   */
  List<PossiblePatient> of(Patient typed) {
    Patient byName = typed.copy().setIdentifier(List.of());
    Map<String, Patient> found = new LinkedHashMap<>();
    Stream.concat(
            typed.getIdentifier().stream()
                .map(number -> new Identifier().setValue(number.getValue()))
                .flatMap(number -> match.byNumber(number).stream()),
            match.alike(byName).stream())
        .filter(patient -> scope.isVisible(patient.getIdElement().getIdPart()))
        .forEach(patient -> found.put(patient.getIdElement().getIdPart(), patient));
    return found.values().stream().map(this::possible).toList();
  }

  private PossiblePatient possible(Patient stored) {
    Patient known = identity.of(stored);
    String id = stored.getIdElement().getIdPart();
    scope.listed(id);
    return new PossiblePatient(
        id,
        PatientIdentity.name(known),
        PatientIdentity.number(known),
        PatientEntry.born(stored),
        pathways.ofPatient(id).stream().filter(Pathway::isActive).toList());
  }
}
