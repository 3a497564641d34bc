package org.carepathway.invariant;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseItemComponent;

/** What is on hold is held by the newest approval: nothing stays on hold by an older one. */
final class HoldFollowsTheApproval implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("D4");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    Set<String> approved =
        after.last("hold-approval").map(HoldFollowsTheApproval::held).orElse(Set.of());
    return SafeWayHome.openHolds(after)
        .filter(hold -> approved.stream().noneMatch(code -> isOf(hold, code)))
        .map(hold -> Moment.name(hold) + " is on hold, and the newest approval does not hold it")
        .toList();
  }

  private static boolean isOf(MedicationRequest hold, String code) {
    return Moment.has(hold.getMedicationCodeableConcept(), code);
  }

  private static Set<String> held(QuestionnaireResponse approval) {
    return Moment.items(approval.getItem())
        .filter(item -> "hold".equals(item.getLinkId()))
        .filter(HoldFollowsTheApproval::isHeld)
        .flatMap(row -> Moment.answers(row.getItem(), "hold-drug"))
        .map(drug -> drug.castToCoding(drug).getCode())
        .collect(Collectors.toSet());
  }

  private static boolean isHeld(QuestionnaireResponseItemComponent row) {
    return Moment.answers(row.getItem(), "hold-hours")
        .anyMatch(hours -> hours.castToInteger(hours).getValue() > 0);
  }
}
