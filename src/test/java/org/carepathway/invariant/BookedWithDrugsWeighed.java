package org.carepathway.invariant;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.MedicationStatement;

/**
 * No date is booked while a work-up never asked for a blood thinner that the referral names, that
 * the nurse was told on the day, or that the record of the patient has by code or in words.
 */
final class BookedWithDrugsWeighed implements Invariant {

  private static final Map<String, String> WARFARIN =
      Map.of("855332", "drug-warfarin", "coumadin", "drug-warfarin");

  @Override
  public List<String> proves() {
    return List.of("D4", "W-7");
  }

  @Override
  public List<String> broken(Moment before, Moment after) {
    if (after
        .turned(before, Appointment.class, date -> date.getStatus() == AppointmentStatus.BOOKED)
        .findAny()
        .isEmpty()) {
      return List.of();
    }
    Set<String> asked = new HashSet<>();
    before.responses("work-up").forEach(form -> asked.addAll(Moment.codes(form, "thinner-drug")));
    return Stream.of(
            before.last("referral").stream()
                .flatMap(f -> Moment.codes(f, "anticoagulant").stream()),
            before.last("pre-procedure").stream()
                .flatMap(form -> Moment.codes(form, "last-dose-drug").stream()),
            onFile(before))
        .flatMap(drugs -> drugs)
        .filter(drug -> !drug.equals("drug-none") && !asked.contains(drug))
        .distinct()
        .map(drug -> "booked while no work-up asked for " + drug)
        .toList();
  }

  private static Stream<String> onFile(Moment moment) {
    return moment.known().stream()
        .filter(MedicationStatement.class::isInstance)
        .map(MedicationStatement.class::cast)
        .map(MedicationStatement::getMedicationCodeableConcept)
        .flatMap(BookedWithDrugsWeighed::drug);
  }

  private static Stream<String> drug(CodeableConcept named) {
    return WARFARIN.entrySet().stream()
        .filter(
            known ->
                Moment.has(named, known.getKey())
                    || String.valueOf(named.getText()).toLowerCase().contains(known.getKey()))
        .map(Map.Entry::getValue);
  }
}
