package org.carepathway.invariant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * Nobody goes home from recovery without score, escort, instructions taught back and the restart
 * plan of what was stopped.
 */
final class SafeWayHome implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("S11");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    List<String> broken = new ArrayList<>();
    if (after.turned(before, Encounter.class, SafeWayHome::wentHome).findAny().isEmpty()) {
      return broken;
    }
    if (ProcedureStart.newest(after, "padss-score")
        .filter(
            score -> score.getValueQuantity().getValue().compareTo(after.limit("padssMin")) >= 0)
        .isEmpty()) {
      broken.add("went home without a PADSS of " + after.limit("padssMin"));
    }
    QuestionnaireResponse discharge = after.last("discharge").orElse(new QuestionnaireResponse());
    if (!Moment.isTrue(discharge, "escort-present")) {
      broken.add("went home without an escort");
    }
    if (!Moment.isTrue(discharge, "teach-back")) {
      broken.add("went home without instructions taught back");
    }
    openHolds(after)
        .forEach(hold -> broken.add("went home without a restart plan for " + Moment.name(hold)));
    return broken;
  }

  private static boolean wentHome(Encounter encounter) {
    return encounter.getStatus() == EncounterStatus.FINISHED
        && "AMB".equals(encounter.getClass_().getCode())
        && Moment.has(encounter.getHospitalization().getDischargeDisposition(), "home");
  }

  /** What is on hold, and no later request names as its prior prescription. */
  static Stream<MedicationRequest> openHolds(Moment moment) {
    Set<String> ended =
        moment
            .all(MedicationRequest.class)
            .map(request -> request.getPriorPrescription().getReference())
            .collect(Collectors.toSet());
    return moment
        .all(MedicationRequest.class)
        .filter(request -> "on-hold".equals(request.getStatus().toCode()))
        .filter(hold -> !ended.contains(Moment.name(hold)));
  }
}
