package org.carepathway.invariant;

import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Procedure;

/** No procedure starts without a valid consent. */
final class ConsentBeforeStart implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("S27");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    return ProcedureStart.in(before, after).stream()
        .filter(procedure -> before.all(Consent.class).noneMatch(c -> covers(c, procedure)))
        .map(procedure -> Moment.name(procedure) + " was started without a valid consent")
        .toList();
  }

  private static boolean covers(Consent consent, Procedure procedure) {
    Date start = procedure.getPerformedPeriod().getStart();
    return consent.getStatus() == ConsentState.ACTIVE
        && !consent.getDateTime().after(start)
        && consent.getProvision().getPeriod().hasEnd()
        && !endOfDay(consent.getProvision().getPeriod().getEnd()).before(start);
  }

  private static Date endOfDay(Date day) {
    return Date.from(day.toInstant().plusSeconds(86_399));
  }
}
