package org.carepathway.invariant;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;

/** No procedure starts while the patient is pregnant. */
final class NoStartInPregnancy implements Invariant {

  @Override
  public List<String> proves() {
    return List.of("D3-A5", "Pregnancy (possible/positive)");
  }

  private static final String STATUS = "82810-3";
  private static final String PREGNANT = "77386006";

  @Override
  public List<String> broken(Moment before, Moment after) {
    if (ProcedureStart.in(before, after).isEmpty()) {
      return List.of();
    }
    boolean observed =
        ProcedureStart.newest(before, STATUS)
            .filter(status -> status.getValue() instanceof CodeableConcept)
            .filter(status -> Moment.has(status.getValueCodeableConcept(), PREGNANT))
            .isPresent();
    boolean answered =
        before
            .last("pre-procedure")
            .filter(form -> Moment.codes(form, "pregnancy-test").contains("pregnancy-positive"))
            .isPresent();
    return observed || answered
        ? List.of("a procedure was started while the patient was pregnant")
        : List.of();
  }
}
