package org.carepathway.hl7;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * A stay or visit, of PV1. It is told apart by its number, else by that of the account, else by
 * whose it is and when it began. An update of the patient may leave it out; an event of a stay that
 * is not told apart is refused, since an admission that is passed over is seen by nobody.
 */
final class Stays {

  private static final Set<String> BEGINNINGS = Set.of("ADT^A01", "ADT^A04");
  private static final int NUMBER = 19;
  private static final int OTHER_NUMBER = 50;
  private static final int ACCOUNT = 18;
  private static final int BEGIN = 44;
  private static final int END = 45;

  private Stays() {}

  static List<Statement> of(Telling telling) {
    return telling.message().first("PV1").flatMap(visit -> of(telling, visit)).stream().toList();
  }

  private static Optional<Statement> of(Telling telling, Hl7Segment visit) {
    Optional<List<String>> key =
        visit
            .text(NUMBER)
            .or(() -> visit.text(OTHER_NUMBER))
            .or(() -> telling.message().first("PID").flatMap(pid -> pid.text(ACCOUNT)))
            .map(number -> List.of(telling.feed(), number))
            .or(() -> begin(telling, visit).map(at -> List.of(telling.patient(), at.text())));
    if (key.isEmpty() && !telling.status().isEmpty()) {
      throw Hl7Refusal.at(
          visit, NUMBER, Hl7Refusal.Fault.MISSING, "The number of the visit is missing");
    }
    return key.map(k -> Statement.of("Encounter", k, known -> fill(telling, visit, known)));
  }

  /** Where the visit does not say when somebody came, they came when it happened: EVN-6, EVN-2. */
  private static Optional<Hl7Field> begin(Telling telling, Hl7Segment visit) {
    Optional<Hl7Field> said = visit.first(BEGIN).filter(field -> field.text() != null);
    if (said.isPresent() || !BEGINNINGS.contains(telling.message().kind())) {
      return said;
    }
    Optional<Hl7Segment> event = telling.message().first("EVN");
    return event
        .flatMap(evn -> evn.first(6))
        .or(() -> event.flatMap(evn -> evn.first(2)))
        .or(() -> telling.message().header().first(7))
        .filter(field -> field.text() != null);
  }

  private static void fill(Telling telling, Hl7Segment visit, Resource known) {
    Encounter stay = (Encounter) known;
    telling.fill(stay, telling.message().segments());
    if (!stay.getPeriod().hasStart()) {
      begin(telling, visit)
          .map(telling.times()::fhir)
          .ifPresent(begin -> stay.getPeriod().setStartElement(new DateTimeType(begin)));
    }
    if (!telling.status().isEmpty()) {
      stay.setStatus(EncounterStatus.fromCode(telling.status()));
      if (stay.getStatus() == EncounterStatus.INPROGRESS) {
        stay.getPeriod().setEndElement(null);
        stay.getHospitalization().setDischargeDisposition(null);
      }
    } else if (!stay.hasStatus()) {
      stay.setStatus(
          visit.text(END).isPresent() ? EncounterStatus.FINISHED : EncounterStatus.INPROGRESS);
    }
    if (!stay.hasClass_()) {
      throw Hl7Refusal.at(visit, 2, Hl7Refusal.Fault.MISSING, "The patient class is missing");
    }
  }
}
