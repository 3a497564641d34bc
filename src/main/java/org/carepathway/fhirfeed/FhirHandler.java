package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.inbox.Effect;
import org.carepathway.inbox.InboxHandler;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.inbox.Newest;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.incoming.SentRecord;
import org.carepathway.outbox.OurNumbers;
import org.carepathway.outbox.SentRows;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Takes over what an EHR has said over FHIR. Whose it is was found by number; nobody becomes a
 * patient here by it.
 */
@Component
class FhirHandler implements InboxHandler {

  static final String FORMAT = "fhir";

  private final PatientMatch match;
  private final LinkRows links;
  private final SentRecord record;
  private final Newest newest;
  private final Translation translation;
  private final SentRows sent;

  FhirHandler(
      PatientMatch match,
      LinkRows links,
      SentRecord record,
      Newest newest,
      Translation translation,
      SentRows sent) {
    this.match = match;
    this.links = links;
    this.record = record;
    this.newest = newest;
    this.translation = translation;
    this.sent = sent;
  }

  @Override
  public String format() {
    return FORMAT;
  }

  @Override
  public Effect handle(InboxMessage message) {
    Resource said;
    try {
      said =
          (Resource)
              FhirContext.forR4Cached()
                  .newJsonParser()
                  .parseResource(new String(message.received().content(), StandardCharsets.UTF_8));
    } catch (DataFormatException | ClassCastException unclear) {
      return new Effect.Refused("It cannot be read as FHIR R4: " + unclear.getMessage());
    }
    List<Patient> found = match.byNumber(number(message.received().lane()));
    if (found.size() > 1) {
      return new Effect.Refused(
          "Several patients have the number of this resource. Merge them, then replay it.");
    }
    if (said instanceof Bundle) {
      return several(message, ids(found));
    }
    if (found.isEmpty()) {
      return unknown(said);
    }
    return Translation.notUnderstood(message.received().content())
        .<Effect>map(Effect.Refused::new)
        .orElseGet(() -> known(message, said, found.get(0).copy()));
  }

  private static Identifier number(String lane) {
    int bar = lane.lastIndexOf('|');
    return new Identifier().setSystem(lane.substring(0, bar)).setValue(lane.substring(bar + 1));
  }

  /** Once the EHR has one only, a replay says so. */
  private Effect several(InboxMessage message, Set<String> patients) {
    boolean isFound =
        patients.stream()
            .flatMap(patient -> links.find(message.received().source(), patient).stream())
            .anyMatch(link -> link.ehrId() != null);
    return isFound
        ? new Effect.Done("The EHR has one patient with this number now.", patients)
        : new Effect.Asked(
            "The EHR has several patients with this number, and none of them is taken. Merge them there; then replay this.",
            patients);
  }

  private Effect unknown(Resource said) {
    List<Patient> alike = said instanceof Patient patient ? match.alike(patient) : List.of();
    return alike.isEmpty()
        ? new Effect.Held(
            "The patient is not known here; this is taken over once they are referred.")
        : new Effect.Asked(
            "A patient with another number may be the same person. Add the number to that patient, or store a Patient with it, and replay this.",
            ids(alike));
  }

  private Effect known(InboxMessage message, Resource said, Patient patient) {
    String id = patient.getIdElement().getIdPart();
    String feed = message.received().source();
    if (isOurs(feed, said)) {
      return new Effect.Done(
          "Not taken over: this service wrote it there: %s.".formatted(said.fhirType()),
          Set.of(id));
    }
    if (said instanceof Patient theirs) {
      Demographics.take(theirs, patient);
      return write(message, patient, id);
    }
    Resource before =
        record.known(
            said.fhirType(),
            translation.numbers(said),
            References.id(feed, said.fhirType(), said.getIdElement().getIdPart()),
            id);
    if (record.isPathways(before)) {
      return new Effect.Done(
          "Not taken over: the pathway wrote this itself, and only its steps change it.",
          Set.of(id));
    }
    if (translation.isOlder(said, before)) {
      return new Effect.Done(
          "Not taken over, as a later version is known: %s.".formatted(said.fhirType()),
          Set.of(id));
    }
    return write(message, translation.ours(said, before, feed, id), id);
  }

  /** What we have sent there comes back with each round, and is no news. */
  private boolean isOurs(String feed, Resource said) {
    return OurNumbers.isIn(said)
        || sent.isOurs(feed, said.fhirType() + '/' + said.getIdElement().getIdPart());
  }

  private Effect write(InboxMessage message, Resource resource, String patient) {
    String name = resource.fhirType() + '/' + resource.getIdElement().getIdPart();
    if (!newest.isNewest(name, message)) {
      return new Effect.Done(
          "Not taken over, as something newer is known: %s.".formatted(resource.fhirType()),
          Set.of(patient));
    }
    record.write(message.received().source(), List.of(resource));
    return new Effect.Done(
        "Taken over: %s.".formatted(resource.fhirType()) + record.ended(patient), Set.of(patient));
  }

  private static Set<String> ids(List<Patient> patients) {
    return patients.stream()
        .map(patient -> patient.getIdElement().getIdPart())
        .collect(Collectors.toSet());
  }
}
