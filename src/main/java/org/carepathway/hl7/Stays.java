package org.carepathway.hl7;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Resource;

/** A stay or visit, of PV1. One without a number and a begin is not told apart and left out. */
final class Stays {

  private static final int NUMBER = 19;
  private static final int BEGIN = 44;
  private static final int END = 45;

  private Stays() {}

  static List<Statement> of(Telling telling) {
    return telling.message().first("PV1").flatMap(visit -> of(telling, visit)).stream().toList();
  }

  private static Optional<Statement> of(Telling telling, Hl7Segment visit) {
    return visit
        .text(NUMBER)
        .map(number -> List.of(telling.feed(), number))
        .or(() -> visit.text(BEGIN).map(begin -> List.of(telling.patient(), begin)))
        .map(key -> Statement.of("Encounter", key, known -> fill(telling, visit, known)));
  }

  private static void fill(Telling telling, Hl7Segment visit, Resource known) {
    Encounter stay = (Encounter) known;
    telling.fill(stay, telling.message().segments());
    if (!telling.status().isEmpty()) {
      stay.setStatus(EncounterStatus.fromCode(telling.status()));
      if (stay.getStatus() == EncounterStatus.INPROGRESS) {
        stay.getPeriod().setEndElement(null);
        stay.getHospitalization().setDischargeDisposition(null);
      }
    } else if (!stay.hasStatus()) {
      stay.setStatus(
          visit.first(END).isPresent() ? EncounterStatus.FINISHED : EncounterStatus.INPROGRESS);
    }
    if (!stay.hasClass_()) {
      throw Hl7Refusal.at(visit, 2, Hl7Refusal.Fault.MISSING, "The patient class is missing");
    }
  }
}
