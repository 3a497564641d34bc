package org.carepathway.delivery;

import static org.carepathway.delivery.V2Text.components;
import static org.carepathway.delivery.V2Text.concept;
import static org.carepathway.delivery.V2Text.plain;
import static org.carepathway.delivery.V2Text.segment;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * A resource as a message of HL7 v2.5.1: ORU R01 for what was found or done, SIU for appointments,
 * MDM T02 for documents, ORM O01 for orders and how they go.
 *
 * @param controlId MSH-10, the same however often it is sent
 * @param subject {@code Type/id} of the resource here
 * @param words what it says, line by line
 */
record V2Message(
    DeliverySettings.Hl7 port,
    ZoneId zone,
    String controlId,
    Patient patient,
    DomainResource resource,
    String subject,
    String title,
    String words) {

  private static final String US = "CAREPATHWAY";
  private static final String ENCODING = "^~\\&";

  /**
   * @param kind such as {@code ORU^R01}; {@code SIU} for whichever event fits
   * @param before the same resource as it was sent last; null for the first time
   * @param at when it was written
   */
  String of(String kind, DomainResource before, Instant at) {
    V2Text text = new V2Text(zone);
    switch (kind) {
      case "SIU" -> {
        V2Schedule schedule = new V2Schedule((Appointment) resource, number(), title);
        String event = schedule.event(before);
        header(text, "SIU", event, "SIU_S12", at);
        schedule.head(text, event);
        person(text);
        schedule.place(text);
      }
      case "MDM^T02" -> {
        header(text, "MDM", "T02", "MDM_T02", at);
        text.add(segment("EVN").field(1, "T02").field(2, text.time(at)));
        person(text);
        document(text, at);
      }
      case "ORM^O01" -> {
        header(text, "ORM", "O01", "ORM_O01", at);
        person(text);
        order(text, before);
      }
      default -> {
        header(text, "ORU", "R01", "ORU_R01", at);
        person(text);
        result().add(text, at);
      }
    }
    return text.toString();
  }

  private String number() {
    return components(subject, US);
  }

  private String local() {
    return components(resource.fhirType(), title, "L");
  }

  private V2Result result() {
    return new V2Result(resource, number(), local(), words);
  }

  /** MSH-1 is the separator itself, so the fields that are written are one less. */
  private void header(V2Text text, String type, String event, String structure, Instant at) {
    text.add(
        segment("MSH")
            .field(1, ENCODING)
            .field(2, US)
            .field(3, US)
            .field(4, plain(port.application()))
            .field(5, plain(port.facility()))
            .field(6, text.time(at))
            .field(8, components(type, event, structure))
            .field(9, controlId)
            .field(10, "P")
            .field(11, "2.5.1")
            .field(17, "UNICODE UTF-8"));
  }

  private void person(V2Text text) {
    HumanName name = patient.getNameFirstRep();
    String birth =
        patient.hasBirthDate()
            ? patient.getBirthDateElement().getValueAsString().replace("-", "")
            : "";
    String sex =
        patient.hasGender()
            ? patient.getGender().toCode().substring(0, 1).toUpperCase(Locale.ROOT)
            : "";
    text.add(
        segment("PID")
            .field(1, "1")
            .field(3, numbers())
            .field(5, components(name.getFamily(), name.getGivenAsSingleString()))
            .field(7, birth)
            .field(8, sex));
  }

  private String numbers() {
    return patient.getIdentifier().stream()
        .filter(Numbers::isGiven)
        .filter(number -> port.patients() == null || port.patients().equals(number.getSystem()))
        .map(V2Message::number)
        .collect(Collectors.joining("~"));
  }

  private static String number(Identifier number) {
    String type = number.getType().getCodingFirstRep().getCode();
    return components(
        number.getValue(), "", "", number.getAssigner().getDisplay(), type == null ? "MR" : type);
  }

  private void document(V2Text text, Instant at) {
    Attachment file =
        resource instanceof DocumentReference document
            ? document.getContentFirstRep().getAttachment()
            : new Attachment();
    text.add(segment("PV1").field(1, "1").field(2, "N"));
    text.add(
        segment("TXA")
            .field(1, "1")
            .field(2, local())
            .field(3, file.hasData() ? "AP" : "TX")
            .field(4, text.time(at))
            .field(12, number())
            .field(17, "AU"));
    if (file.hasData()) {
      text.add(
          segment("OBX")
              .field(1, "1")
              .field(2, "ED")
              .field(3, local())
              .field(5, "^AP^PDF^Base64^" + Base64.getEncoder().encodeToString(file.getData()))
              .field(11, "F"));
    } else {
      result().lines(text);
    }
  }

  /** HL7 table 0119: new, how it goes, cancelled. */
  private void order(V2Text text, DomainResource before) {
    boolean isTask = resource instanceof Task;
    String status =
        resource instanceof Task task
            ? task.getStatus().toCode()
            : ((ServiceRequest) resource).getStatus().toCode();
    CodeableConcept code =
        resource instanceof Task task ? task.getCode() : ((ServiceRequest) resource).getCode();
    String control =
        switch (status) {
          case "revoked", "cancelled", "entered-in-error" -> "CA";
          default -> isTask || before != null ? "SC" : "NW";
        };
    text.add(
        segment("ORC")
            .field(1, control)
            .field(2, number())
            .field(3, number())
            .field(5, plain(status)));
    text.add(
        segment("OBR").field(1, "1").field(2, number()).field(3, number()).field(4, concept(code)));
    int line = 1;
    for (String words : words.split("\n")) {
      text.add(segment("NTE").field(1, String.valueOf(line++)).field(3, plain(words)));
    }
  }
}
