package org.carepathway.delivery;

import static org.carepathway.delivery.V2Text.components;
import static org.carepathway.delivery.V2Text.plain;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * A resource as a message of HL7 v2.5.1: ORU R01 for what was found or done, SIU for appointments,
 * MDM T02 for documents, ORM O01 for orders and how they go.
 */
final class V2Message {

  private static final String US = "CAREPATHWAY";
  private static final String ENCODING = "^~\\&";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx");

  private final DeliverySettings.Hl7 port;
  private final ZoneId zone;
  private final String controlId;
  private final Patient patient;
  private final DomainResource resource;
  private final String subject;
  private final String title;
  private final String words;
  private final V2Text text = new V2Text();

  /**
   * @param controlId MSH-10, the same however often it is sent
   * @param subject {@code Type/id} of the resource here
   * @param words what it says, line by line
   */
  V2Message(
      DeliverySettings.Hl7 port,
      ZoneId zone,
      String controlId,
      Patient patient,
      DomainResource resource,
      String subject,
      String title,
      String words) {
    this.port = port;
    this.zone = zone;
    this.controlId = controlId;
    this.patient = patient;
    this.resource = resource;
    this.subject = subject;
    this.title = title;
    this.words = words;
  }

  /**
   * @param kind such as {@code ORU^R01}; {@code SIU} for whichever event fits
   * @param before the same resource as it was sent last; null for the first time
   * @param at when it was written
   */
  String of(String kind, DomainResource before, Instant at) {
    String event = kind.equals("SIU") ? "SIU^" + siu((Appointment) resource, before) : kind;
    header(event, at);
    if (kind.equals("MDM^T02")) {
      text.segment("EVN", "T02", time(at));
    }
    if (kind.equals("SIU")) {
      schedule((Appointment) resource, event.substring(4));
    }
    person();
    switch (kind) {
      case "SIU" -> place((Appointment) resource);
      case "MDM^T02" -> document(at);
      case "ORM^O01" -> order(before);
      default -> result(at);
    }
    return text.toString();
  }

  private void header(String event, Instant at) {
    String[] parts = event.split("\\^");
    String structure = parts[0].equals("SIU") ? "S12" : parts[1];
    text.segment(
        "MSH",
        ENCODING,
        US,
        US,
        plain(port.application()),
        plain(port.facility()),
        time(at),
        "",
        components(parts[0], parts[1], parts[0] + '_' + structure),
        controlId,
        "P",
        "2.5.1",
        "",
        "",
        "",
        "",
        "",
        "UNICODE UTF-8");
  }

  private void person() {
    HumanName name = patient.getNameFirstRep();
    text.segment(
        "PID",
        "1",
        "",
        patient.getIdentifier().stream()
            .filter(number -> number.hasValue())
            .filter(number -> port.patients() == null || port.patients().equals(number.getSystem()))
            .map(V2Message::number)
            .collect(Collectors.joining("~")),
        "",
        components(name.getFamily(), name.getGivenAsSingleString()),
        "",
        patient.getBirthDate() == null
            ? ""
            : patient.getBirthDateElement().getValueAsString().replace("-", ""),
        patient.hasGender()
            ? patient.getGender().toCode().substring(0, 1).toUpperCase(Locale.ROOT)
            : "");
  }

  private static String number(Identifier number) {
    String authority = number.getAssigner().getDisplay();
    String type = number.getType().getCodingFirstRep().getCode();
    return components(number.getValue(), "", "", authority, type == null ? "MR" : type);
  }

  /** HL7 v2.5.1 chapter 10.3: new, moved, changed, cancelled, did not come. */
  private static String siu(Appointment appointment, DomainResource before) {
    if (appointment.getStatus() == AppointmentStatus.CANCELLED
        || appointment.getStatus() == AppointmentStatus.ENTEREDINERROR) {
      return "S15";
    }
    if (appointment.getStatus() == AppointmentStatus.NOSHOW) {
      return "S26";
    }
    if (before instanceof Appointment last) {
      return appointment.getStart() != null && !appointment.getStart().equals(last.getStart())
          ? "S13"
          : "S14";
    }
    return "S12";
  }

  private void schedule(Appointment appointment, String event) {
    String id = components(subject, US);
    String period =
        components("", "", "", time(appointment.getStart()), time(appointment.getEnd()));
    String status =
        switch (event) {
          case "S15" -> "Cancelled";
          case "S26" -> "Noshow";
          default -> appointment.getStatus() == AppointmentStatus.FULFILLED ? "Complete" : "Booked";
        };
    String[] fields = new String[25];
    java.util.Arrays.fill(fields, "");
    fields[0] = id;
    fields[1] = id;
    fields[5] = components(event, title);
    fields[6] = concept(appointment.getCancelationReason());
    fields[7] = concept(appointment.getServiceTypeFirstRep());
    fields[8] =
        appointment.hasMinutesDuration() ? String.valueOf(appointment.getMinutesDuration()) : "";
    fields[9] = appointment.hasMinutesDuration() ? components("min", "minute", "UCUM") : "";
    fields[10] = period;
    fields[24] = status;
    text.segment("SCH", fields);
  }

  private void place(Appointment appointment) {
    text.segment("RGS", "1", "A");
    text.segment(
        "AIS",
        "1",
        "A",
        concept(appointment.getServiceTypeFirstRep()),
        time(appointment.getStart()),
        "",
        "",
        appointment.hasMinutesDuration() ? String.valueOf(appointment.getMinutesDuration()) : "",
        appointment.hasMinutesDuration() ? components("min", "minute", "UCUM") : "");
  }

  private void document(Instant at) {
    text.segment("PV1", "1", "N");
    DocumentReference document = resource instanceof DocumentReference one ? one : null;
    String[] txa = new String[17];
    java.util.Arrays.fill(txa, "");
    txa[0] = "1";
    txa[1] = local();
    txa[2] = document == null ? "TX" : "AP";
    txa[3] = time(at);
    txa[11] = components(subject, US);
    txa[16] = "AU";
    text.segment("TXA", txa);
    if (document != null && document.getContentFirstRep().getAttachment().hasData()) {
      String file =
          Base64.getEncoder()
              .encodeToString(document.getContentFirstRep().getAttachment().getData());
      text.segment(
          "OBX", "1", "ED", local(), "", "^AP^PDF^Base64^" + file, "", "", "", "", "", "F");
    } else {
      lines("F");
    }
  }

  private void order(DomainResource before) {
    String status =
        resource instanceof ServiceRequest request
            ? request.getStatus().toCode()
            : ((Task) resource).getStatus().toCode();
    String control =
        switch (status) {
          case "revoked", "cancelled", "entered-in-error" -> "CA";
          default -> resource instanceof Task ? "SC" : before == null ? "NW" : "SC";
        };
    CodeableConcept code =
        resource instanceof ServiceRequest request
            ? request.getCode()
            : ((Task) resource).getCode();
    text.segment(
        "ORC", control, components(subject, US), components(subject, US), "", plain(status));
    text.segment("OBR", "1", components(subject, US), components(subject, US), concept(code));
    int number = 1;
    for (String line : words.split("\n")) {
      text.segment("NTE", String.valueOf(number++), "", plain(line));
    }
  }

  private void result(Instant at) {
    Observation observation = resource instanceof Observation one ? one : null;
    String status = isWrong() ? "W" : "F";
    String[] obr = new String[25];
    java.util.Arrays.fill(obr, "");
    obr[0] = "1";
    obr[2] = components(subject, US);
    obr[3] = observation == null ? local() : concept(observation.getCode());
    obr[6] = observation == null ? time(at) : time(observation);
    obr[21] = time(at);
    obr[24] = isWrong() ? "X" : "F";
    text.segment("OBR", obr);
    if (observation != null && observation.getValue() instanceof Quantity quantity) {
      text.segment(
          "OBX",
          "1",
          "NM",
          concept(observation.getCode()),
          "",
          quantity.getValue().toPlainString(),
          quantity.getCode() == null
              ? plain(quantity.getUnit())
              : components(quantity.getCode(), quantity.getUnit(), "UCUM"),
          "",
          "",
          "",
          "",
          status,
          "",
          "",
          time(observation));
    } else {
      lines(status);
    }
  }

  private boolean isWrong() {
    org.hl7.fhir.r4.model.Property status = resource.getNamedProperty("status");
    return status != null
        && status.getValues().stream()
            .anyMatch(one -> "entered-in-error".equals(one.primitiveValue()));
  }

  private void lines(String status) {
    int number = 1;
    for (String line : words.split("\n")) {
      text.segment(
          "OBX",
          String.valueOf(number++),
          "TX",
          local(),
          "",
          plain(line),
          "",
          "",
          "",
          "",
          "",
          status);
    }
  }

  /** What is sent, under a name of ours. */
  private String local() {
    return components(resource.fhirType(), title, "L");
  }

  private static String concept(CodeableConcept concept) {
    Coding coding = concept.getCodingFirstRep();
    String system =
        "http://loinc.org".equals(coding.getSystem())
            ? "LN"
            : "http://snomed.info/sct".equals(coding.getSystem()) ? "SCT" : "L";
    String said = concept.hasText() ? concept.getText() : coding.getDisplay();
    return coding.hasCode() ? components(coding.getCode(), said, system) : components(said);
  }

  private String time(Observation observation) {
    return observation.hasEffectiveDateTimeType()
        ? time(observation.getEffectiveDateTimeType().getValue())
        : "";
  }

  private String time(Date date) {
    return date == null ? "" : time(date.toInstant());
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }
}
