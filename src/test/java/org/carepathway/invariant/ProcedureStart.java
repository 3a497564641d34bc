package org.carepathway.invariant;

import static org.carepathway.invariant.Moment.has;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

/** A procedure that was started in a step: what its gates have to look at. */
final class ProcedureStart {

  private static final Set<ProcedureStatus> STARTED =
      Set.of(ProcedureStatus.INPROGRESS, ProcedureStatus.COMPLETED, ProcedureStatus.STOPPED);

  private ProcedureStart() {}

  /** The sessions that this step says were started; their levels are not sessions. */
  static List<Procedure> in(Moment before, Moment after) {
    return after
        .turned(
            before,
            Procedure.class,
            procedure -> !procedure.hasPartOf() && STARTED.contains(procedure.getStatus()))
        .toList();
  }

  /** The levels that this step says were treated. */
  static Stream<Procedure> levels(Moment before, Moment after) {
    return after.turned(
        before,
        Procedure.class,
        procedure -> procedure.hasPartOf() && STARTED.contains(procedure.getStatus()));
  }

  /** The newest Observation of a kind, by the time it holds for. */
  static java.util.Optional<Observation> newest(Moment moment, String code) {
    return moment
        .all(Observation.class)
        .filter(observation -> has(observation.getCode(), code))
        .reduce(
            (a, b) ->
                b.getEffectiveDateTimeType()
                        .getValue()
                        .before(a.getEffectiveDateTimeType().getValue())
                    ? a
                    : b);
  }
}
