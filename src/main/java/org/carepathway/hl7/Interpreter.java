package org.carepathway.hl7;

import java.nio.charset.Charset;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.carepathway.hl7.MessageKinds.Part;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;
import org.hl7.fhir.r4.model.Type;

/** Reads messages of one feed. It needs no database, so a message is read before it is answered. */
final class Interpreter {

  private static final int NUMBERS = 3;
  private static final int FORMER = 1;

  private final String feed;
  private final Charset charset;
  private final ZoneId zone;
  private final String authority;
  private final Mapping mapping;
  private final MessageKinds kinds;
  private final Hl7Reader reader = new Hl7Reader();

  /**
   * @param authority whose number in PID-3 names the patient; null for the first of the type MR
   */
  Interpreter(
      String feed,
      Charset charset,
      ZoneId zone,
      String authority,
      Mapping mapping,
      MessageKinds kinds) {
    this.feed = feed;
    this.charset = charset;
    this.zone = zone;
    this.authority = authority;
    this.mapping = mapping;
    this.kinds = kinds;
  }

  Hl7Message read(byte[] content) {
    return reader.read(content, charset);
  }

  /**
   * @throws Hl7Refusal naming segment and field
   */
  Said interpret(Hl7Message message) {
    MessageKinds.Kind kind = kinds.require(message);
    Times times = Times.of(message, zone);
    List<Hl7Segment> patients = message.all("PID");
    if (patients.isEmpty()) {
      throw Hl7Refusal.at(
          new Place("PID", 1, 0, 0), Hl7Refusal.Fault.SEQUENCE, "The segment PID is missing");
    }
    if (patients.size() > 1) {
      throw Hl7Refusal.at(
          new Place("PID", 2, 0, 0),
          Hl7Refusal.Fault.SEQUENCE,
          "A message is of one patient; send one for each");
    }
    Hl7Segment pid = patients.get(0);
    Identifier number = number(pid, NUMBERS, "The patient's number");
    Said said =
        new Said(
            message.kind(),
            number,
            kind.parts().contains(Part.MERGE) ? former(message) : null,
            message
                .header()
                .first(7)
                .flatMap(times::instant)
                .map(OffsetDateTime::toInstant)
                .orElse(null),
            patient -> fill(patient, pid, times),
            statements(message, kind, Statement.key(number, feed), times));
    said.patient().accept(new Patient());
    said.statements().forEach(Interpreter::tryOut);
    return said;
  }

  /**
   * Who is dead stays so: a sender that knows nothing of a death says with every message that there
   * is none. That it was an error is said by who corrects the Patient.
   */
  private void fill(Patient patient, Hl7Segment pid, Times times) {
    Type known = patient.getDeceased();
    mapping.fill(patient, List.of(pid), times);
    if (isDeath(known) && !isDeath(patient.getDeceased())) {
      patient.setDeceased(known);
    }
  }

  private static boolean isDeath(Type deceased) {
    return deceased != null && !"false".equals(deceased.primitiveValue());
  }

  /** What cannot be read is found before the message is answered. */
  private static void tryOut(Statement statement) {
    statement.fill().accept((Resource) ResourceFactory.createResource(statement.type()));
  }

  private List<Statement> statements(
      Hl7Message message, MessageKinds.Kind kind, String patient, Times times) {
    Telling telling = new Telling(feed, patient, message, kind.status(), mapping, times);
    Set<Part> parts = kind.parts();
    List<Statement> all = new ArrayList<>();
    if (parts.contains(Part.ENCOUNTER)) {
      all.addAll(Stays.of(telling));
    }
    if (parts.contains(Part.ALLERGIES)) {
      all.addAll(History.allergies(telling));
    }
    if (parts.contains(Part.CONDITIONS)) {
      all.addAll(History.conditions(telling));
    }
    if (parts.contains(Part.ORDERS)) {
      all.addAll(Orders.of(telling));
    }
    if (parts.contains(Part.REFERRAL)) {
      all.addAll(Orders.referral(telling));
    }
    if (parts.contains(Part.RESULTS)) {
      all.addAll(Results.of(telling));
    }
    if (parts.contains(Part.APPOINTMENT)) {
      all.addAll(Appointments.of(telling));
    }
    if (parts.contains(Part.DOCUMENT)) {
      all.addAll(Papers.of(telling));
    }
    return all;
  }

  private Identifier former(Hl7Message message) {
    Hl7Segment merged =
        message
            .first("MRG")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        new Place("MRG", 1, 0, 0),
                        Hl7Refusal.Fault.SEQUENCE,
                        "The segment MRG is missing"));
    return number(merged, FORMER, "The number that is merged");
  }

  private Identifier number(Hl7Segment segment, int field, String what) {
    List<Hl7Field> all = segment.field(field).stream().filter(one -> one.text() != null).toList();
    return all.stream()
        .filter(one -> authority != null ? isOfAuthority(one) : "MR".equals(one.component(5)))
        .findFirst()
        .or(() -> authority == null ? all.stream().findFirst() : Optional.empty())
        .map(one -> mapping.codes().identifier(new Conversions.Source(segment, one, "", null)))
        .orElseThrow(
            () ->
                Hl7Refusal.at(
                    segment,
                    field,
                    all.isEmpty() ? Hl7Refusal.Fault.MISSING : Hl7Refusal.Fault.UNKNOWN_VALUE,
                    authority == null
                        ? what + " is missing"
                        : what + " of the authority " + authority + " is missing"));
  }

  private boolean isOfAuthority(Hl7Field number) {
    return authority.equals(number.part(4, 1)) || authority.equals(number.part(4, 2));
  }
}
