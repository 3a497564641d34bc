package org.carepathway.invariant;

import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.MedicationRequest;

/**
 * Nobody is told a last dose that is past already, unless the drug was on hold since then: such a
 * hold could not be kept, and the date has to be moved instead.
 */
final class LastDoseIsAhead implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("D4");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    return SafeWayHome.openHolds(after)
        .filter(hold -> before.find(MedicationRequest.class, hold.getIdPart()).isEmpty())
        .filter(hold -> lastDose(hold).before(hold.getAuthoredOn()))
        .filter(hold -> !heldSinceThen(hold, after))
        .map(hold -> Moment.name(hold) + " names a last dose that is past")
        .toList();
  }

  private static boolean heldSinceThen(MedicationRequest hold, Moment moment) {
    return Optional.of(hold.getPriorPrescription().getReferenceElement())
        .filter(prior -> !prior.isEmpty())
        .flatMap(prior -> moment.find(MedicationRequest.class, prior.getIdPart()))
        .map(prior -> !lastDose(prior).after(lastDose(hold)))
        .orElse(false);
  }

  private static Date lastDose(MedicationRequest hold) {
    return hold.getDosageInstructionFirstRep().getTiming().getRepeat().getBoundsPeriod().getEnd();
  }
}
