package org.carepathway.invariant;

import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentState;

/** No procedure starts without a valid consent. */
final class ConsentBeforeStart implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("S27");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    return ProcedureStart.in(before, after).stream()
        .filter(procedure -> !covered(before, procedure.getPerformedPeriod().getStart()))
        .filter(procedure -> !coveredAtThePreparation(before) || !saidSo(after))
        .map(procedure -> Moment.name(procedure) + " was started without a valid consent")
        .toList();
  }

  private static boolean covered(Moment moment, Date start) {
    return moment.all(Consent.class).anyMatch(consent -> covers(consent, start));
  }

  private static boolean coveredAtThePreparation(Moment before) {
    return before
        .last("pre-procedure")
        .filter(preparation -> covered(before, preparation.getAuthored()))
        .isPresent();
  }

  private static boolean saidSo(Moment after) {
    return InSpite.said(after, "in-spite-consent");
  }

  private static boolean covers(Consent consent, Date start) {
    return consent.getStatus() == ConsentState.ACTIVE
        && !consent.getDateTime().after(start)
        && consent.getProvision().getPeriod().hasEnd()
        && !endOfDay(consent.getProvision().getPeriod().getEnd()).before(start);
  }

  private static Date endOfDay(Date day) {
    return Date.from(day.toInstant().plusSeconds(86_399));
  }
}
