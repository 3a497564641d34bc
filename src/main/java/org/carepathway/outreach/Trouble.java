package org.carepathway.outreach;

import java.util.Optional;
import org.carepathway.content.PatientContact;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.springframework.stereotype.Component;

/**
 * Gives a coordinator something to do where a patient cannot be written to: the pathway says what,
 * by the message that its PlanDefinition names.
 */
@Component
class Trouble {

  private final PathwayEngine engine;
  private final Records records;

  Trouble(PathwayEngine engine, Records records) {
    this.engine = engine;
    this.records = records;
  }

  /**
   * In the current transaction.
   *
   * @param cause the same for the same trouble
   */
  void tell(OpenPathway open, String cause) {
    if (open.pathway().isActive()) {
      Optional.of(open.content())
          .flatMap(content -> content.patientContact())
          .map(PatientContact::trouble)
          .ifPresent(
              message ->
                  records.because(
                      new Trigger("outreach/" + cause, Agent.SERVICE),
                      () -> engine.correlate(message, open.pathway().id())));
    }
  }
}
