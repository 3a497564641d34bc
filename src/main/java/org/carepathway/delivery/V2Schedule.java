package org.carepathway.delivery;

import static org.carepathway.delivery.V2Text.components;
import static org.carepathway.delivery.V2Text.concept;
import static org.carepathway.delivery.V2Text.segment;

import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.DomainResource;

/**
 * An appointment in a message of scheduling.
 *
 * @param number of ours
 */
record V2Schedule(Appointment appointment, String number, String title) {

  /** HL7 v2.5.1 chapter 10.3: new, moved, changed, cancelled, did not come. */
  String event(DomainResource before) {
    return switch (appointment.getStatus()) {
      case CANCELLED, ENTEREDINERROR -> "S15";
      case NOSHOW -> "S26";
      default ->
          !(before instanceof Appointment last)
              ? "S12"
              : appointment.hasStart() && !appointment.getStart().equals(last.getStart())
                  ? "S13"
                  : "S14";
    };
  }

  void head(V2Text text, String event) {
    text.add(
        segment("SCH")
            .field(1, number)
            .field(2, number)
            .field(6, components(event, title))
            .field(7, concept(appointment.getCancelationReason()))
            .field(8, concept(appointment.getServiceTypeFirstRep()))
            .field(9, minutes())
            .field(10, unit())
            .field(
                11,
                components(
                    "", "", "", text.time(appointment.getStart()), text.time(appointment.getEnd())))
            .field(25, status(event)));
  }

  private String status(String event) {
    return switch (event) {
      case "S15" -> "Cancelled";
      case "S26" -> "Noshow";
      default -> appointment.getStatus() == AppointmentStatus.FULFILLED ? "Complete" : "Booked";
    };
  }

  void place(V2Text text) {
    text.add(segment("RGS").field(1, "1").field(2, "A"));
    text.add(
        segment("AIS")
            .field(1, "1")
            .field(2, "A")
            .field(3, concept(appointment.getServiceTypeFirstRep()))
            .field(4, text.time(appointment.getStart()))
            .field(7, minutes())
            .field(8, unit()));
  }

  private String minutes() {
    return appointment.hasMinutesDuration() ? String.valueOf(appointment.getMinutesDuration()) : "";
  }

  private String unit() {
    return appointment.hasMinutesDuration() ? components("min", "minute", "UCUM") : "";
  }
}
