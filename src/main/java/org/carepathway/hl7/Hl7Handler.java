package org.carepathway.hl7;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carepathway.capacity.ForeignTimes;
import org.carepathway.content.Catalogue;
import org.carepathway.inbox.Effect;
import org.carepathway.inbox.InboxHandler;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.inbox.Newest;
import org.carepathway.incoming.Merge;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.incoming.SentRecord;
import org.carepathway.incoming.Subjects;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/**
 * Makes of a message what it says. A patient who is not known here is not made one by whatever the
 * hospital says of them: only a referral that a pathway waits for does that, and then all that was
 * said before has its turn.
 */
@Component
class Hl7Handler implements InboxHandler {

  static final String FORMAT = "hl7v2";

  private final Hl7Feeds feeds;
  private final PatientMatch match;
  private final SentRecord store;
  private final Newest newest;
  private final Catalogue catalogue;
  private final Merge merge;
  private final ForeignTimes foreign;

  Hl7Handler(
      Hl7Feeds feeds,
      PatientMatch match,
      SentRecord store,
      Newest newest,
      Catalogue catalogue,
      Merge merge,
      ForeignTimes foreign) {
    this.feeds = feeds;
    this.match = match;
    this.store = store;
    this.newest = newest;
    this.catalogue = catalogue;
    this.merge = merge;
    this.foreign = foreign;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Effect handle(InboxMessage message) {
    Said said;
    try {
      Interpreter interpreter = feeds.interpreter(message.received().source());
      said = interpreter.interpret(interpreter.read(message.received().content()));
    } catch (Hl7Refusal refusal) {
      return new Effect.Refused(refusal.place() + ": " + refusal.getMessage());
    }
    if (said.former() != null) {
      return merge.merge(message, new Merge.Said(said.number(), said.former(), said.patient()));
    }
    List<Patient> found = match.byNumber(said.number());
    if (found.size() > 1) {
      return new Effect.Refused(
          "Several patients have the number of this message. Merge them, then replay it.");
    }
    return found.isEmpty() ? unknown(message, said) : known(message, said, found.get(0).copy());
  }

  private Effect unknown(InboxMessage message, Said said) {
    Patient patient = new Patient();
    said.patient().accept(patient);
    if (said.statements().stream().noneMatch(this::refers)) {
      said.statements().forEach(statement -> follow(message, statement));
      return new Effect.Held(
          "The patient is not known here; this is taken over once they are referred.");
    }
    List<Patient> alike = match.alike(patient);
    if (!alike.isEmpty()) {
      return new Effect.Asked(
          "A patient with another number may be the same person. Add the number to that patient, or store a Patient with it, and replay this.",
          ids(alike));
    }
    patient.setId(
        StableIds.of("hl7v2\nPatient\n" + Statement.key(said.number(), message.received().source()))
            .toString());
    return write(message, said, patient);
  }

  /** Whoever it is for: the rooms and people of an appointment are busy. Nothing else is kept. */
  private void follow(InboxMessage message, Statement statement) {
    if (statement.type().equals("Appointment")
        && newest.isNewest("Busy/" + statement.id(), message)) {
      Appointment appointment = new Appointment();
      appointment.setId(statement.id());
      statement.fill().accept(appointment);
      foreign.follow(appointment);
    }
  }

  private boolean refers(Statement statement) {
    if (!statement.type().equals("ServiceRequest")) {
      return false;
    }
    ServiceRequest request = new ServiceRequest();
    statement.fill().accept(request);
    return request.getStatus() == ServiceRequestStatus.ACTIVE
        && catalogue.offered().stream()
            .flatMap(content -> content.triggers().stream())
            .anyMatch(code -> request.getCode().hasCoding(code.getSystem(), code.getCode()));
  }

  private Effect known(InboxMessage message, Said said, Patient patient) {
    said.patient().accept(patient);
    return write(message, said, patient);
  }

  private Effect write(InboxMessage message, Said said, Patient patient) {
    String id = patient.getIdElement().getIdPart();
    List<Resource> written = new ArrayList<>();
    List<String> older = new ArrayList<>();
    if (newest.isNewest("Patient/" + id, message)) {
      written.add(patient);
    } else {
      older.add("Patient");
    }
    for (Statement statement : said.statements()) {
      Resource resource = store.known(statement.type(), statement.numbers(), statement.id(), id);
      String name = statement.type() + '/' + resource.getIdElement().getIdPart();
      if (newest.isNewest(name, message)) {
        statement.fill().accept(resource);
        Subjects.set(resource, id);
        written.add(resource);
      } else {
        older.add(statement.type());
      }
    }
    store.write(message.received().source(), written);
    return new Effect.Done(words(written, older) + store.ended(id), Set.of(id));
  }

  private static String words(List<Resource> written, List<String> older) {
    String taken = count(written.stream().map(Resource::fhirType).toList());
    return (taken.isEmpty() ? "Nothing was taken over." : "Taken over: " + taken + '.')
        + (older.isEmpty()
            ? ""
            : " Not taken over, as something newer is known: " + count(older) + '.');
  }

  private static String count(List<String> types) {
    return types.stream()
        .collect(Collectors.groupingBy(type -> type, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + ")" : ""))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> ids(List<Patient> patients) {
    return patients.stream()
        .map(patient -> patient.getIdElement().getIdPart())
        .collect(Collectors.toSet());
  }
}
