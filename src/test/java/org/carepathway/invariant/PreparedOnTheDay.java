package org.carepathway.invariant;

import java.time.Duration;
import java.util.List;
import org.hl7.fhir.r4.model.Procedure;

/**
 * A procedure starts within the hours that a preparation is good for, unless the physician said
 * that it was done in spite of an older one.
 */
final class PreparedOnTheDay implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("Prep failure");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    Duration valid = Duration.ofHours(before.limit("preparationValidHours").longValue());
    return ProcedureStart.in(before, after).stream()
        .filter(procedure -> !preparedWithin(valid, before, procedure))
        .filter(procedure -> !InSpite.said(after, "in-spite-old"))
        .map(procedure -> Moment.name(procedure) + " was started long after the preparation")
        .toList();
  }

  private static boolean preparedWithin(Duration valid, Moment before, Procedure procedure) {
    return before
        .last("pre-procedure")
        .map(form -> form.getAuthored().toInstant().plus(valid))
        .filter(end -> !procedure.getPerformedPeriod().getStart().toInstant().isAfter(end))
        .isPresent();
  }
}
