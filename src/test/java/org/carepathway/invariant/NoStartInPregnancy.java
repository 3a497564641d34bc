package org.carepathway.invariant;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * No procedure starts while the patient is pregnant, as the pathway or the EHR knows, unless that
 * came on file after the preparation and the physician says why she was treated all the same.
 */
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
        newest(before)
            .filter(status -> status.getValue() instanceof CodeableConcept)
            .filter(status -> Moment.has(status.getValueCodeableConcept(), PREGNANT))
            .filter(status -> !overridden(before, after, status))
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

  private static boolean overridden(Moment before, Moment after, Observation status) {
    return InSpite.isNewAtTheTable(before, status) && InSpite.said(after, "in-spite-pregnancy");
  }

  private static Optional<Observation> newest(Moment moment) {
    return Stream.concat(moment.record().stream(), moment.known().stream())
        .filter(Observation.class::isInstance)
        .map(Observation.class::cast)
        .filter(status -> Moment.has(status.getCode(), STATUS))
        .filter(status -> status.getStatus() != ObservationStatus.ENTEREDINERROR)
        .max(Comparator.comparing(status -> status.getEffectiveDateTimeType().getValue()));
  }
}
