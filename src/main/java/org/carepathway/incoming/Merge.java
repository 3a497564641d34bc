package org.carepathway.incoming;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.carepathway.inbox.Effect;
import org.carepathway.inbox.InboxMessage;
import org.carepathway.inbox.Newest;
import org.carepathway.pathway.Pathway;
import org.carepathway.pathway.Pathways;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Two numbers are of one person (A40 of HL7 v2, IHE ITI-93). The record that has the pathway goes
 * on under the number that survives, so its tasks, letters and times stay what they are; what was
 * sent under the other record is moved to it. Where both are on a pathway a person decides.
 */
@Component
public class Merge {

  private final PatientMatch match;
  private final SentRecord store;
  private final Newest newest;
  private final Pathways pathways;
  private final PatientScope scope;
  private final MergedBookings bookings;

  Merge(
      PatientMatch match,
      SentRecord store,
      Newest newest,
      Pathways pathways,
      PatientScope scope,
      MergedBookings bookings) {
    this.match = match;
    this.store = store;
    this.newest = newest;
    this.pathways = pathways;
    this.scope = scope;
    this.bookings = bookings;
  }

  /**
   * What a message says of a merge.
   *
   * @param number that survives
   * @param former the number that is merged into it
   * @param patient writes what is said of the patient
   */
  public record Said(Identifier number, Identifier former, Consumer<Patient> patient) {}

  public Effect merge(InboxMessage message, Said said) {
    List<Patient> surviving = match.byNumber(said.number());
    List<Patient> former = match.byNumber(said.former());
    if (surviving.size() > 1 || former.size() > 1) {
      return new Effect.Refused("Several patients have one of the two numbers.");
    }
    if (surviving.isEmpty() && former.isEmpty()) {
      return new Effect.Held("Neither patient is known here.");
    }
    if (former.isEmpty() || surviving.isEmpty()) {
      Patient known = (former.isEmpty() ? surviving : former).get(0).copy();
      return renumbered(
          message, said, known, "The number was added to the patient who is known here.");
    }
    Patient first = surviving.get(0).copy();
    Patient second = former.get(0).copy();
    if (id(first).equals(id(second))) {
      return renumbered(message, said, first, "Both numbers were of this patient already.");
    }
    return both(message, said, first, second);
  }

  private Effect renumbered(InboxMessage message, Said said, Patient known, String words) {
    describe(known, message, said);
    store.write(message.received().source(), List.of(known));
    return new Effect.Done(words, Set.of(id(known)));
  }

  private Effect both(InboxMessage message, Said said, Patient surviving, Patient former) {
    boolean here = isOnPathway(surviving);
    boolean there = isOnPathway(former);
    if (here && there) {
      return new Effect.Asked(
          "Both patients are on a pathway. End one of the pathways, or undo the merge in the EHR; then replay this.",
          Set.of(id(surviving), id(former)));
    }
    boolean isFormer = there || !here && hasPathway(former) && !hasPathway(surviving);
    Patient kept = isFormer ? former : surviving;
    Patient gone = isFormer ? surviving : former;
    List<Resource> written = new ArrayList<>();
    gone.getIdentifier().forEach(number -> add(kept, number.copy()));
    if (isDead(gone) && !isDead(kept)) {
      // Whichever record knew it: nobody is written to or expected any more.
      kept.setDeceased(gone.getDeceased().copy());
    }
    describe(kept, message, said);
    kept.setActive(true);
    kept.addLink().setType(LinkType.REPLACES).setOther(new Reference("Patient/" + id(gone)));
    gone.setIdentifier(List.of());
    gone.setActive(false);
    gone.addLink().setType(LinkType.REPLACEDBY).setOther(new Reference("Patient/" + id(kept)));
    written.add(kept);
    written.add(gone);
    List<Resource> moved = store.sentOf(id(gone));
    boolean bothBooked = bookings.areAhead(moved) && bookings.areAhead(store.sentOf(id(kept)));
    moved.forEach(resource -> Subjects.move(resource, id(kept)));
    written.addAll(moved);
    store.write(message.received().source(), written);
    scope.merged(id(gone), id(kept));
    return bookings.merged(moved.size(), bothBooked, Set.of(id(kept), id(gone)));
  }

  private boolean isOnPathway(Patient patient) {
    return pathways.ofPatient(id(patient)).stream().anyMatch(Pathway::isActive);
  }

  private boolean hasPathway(Patient patient) {
    return !pathways.ofPatient(id(patient)).isEmpty();
  }

  /** Both numbers are theirs, however late that is heard; who they are is what was said last. */
  private void describe(Patient patient, InboxMessage message, Said said) {
    if (newest.isNewest("Patient/" + id(patient), message)) {
      said.patient().accept(patient);
    }
    formerly(patient, said);
  }

  /** The number that is merged stays known, as one of the past: late messages may still have it. */
  private static void formerly(Patient patient, Said said) {
    add(patient, said.number());
    add(patient, said.former());
    patient.getIdentifier().stream()
        .filter(number -> isSame(number, said.former()))
        .forEach(number -> number.setUse(IdentifierUse.OLD));
  }

  private static void add(Patient patient, Identifier number) {
    if (patient.getIdentifier().stream().noneMatch(known -> isSame(known, number))) {
      patient.addIdentifier(number.copy());
    }
  }

  private static boolean isSame(Identifier one, Identifier other) {
    return Objects.equals(one.getSystem(), other.getSystem())
        && Objects.equals(one.getValue(), other.getValue());
  }

  private static boolean isDead(Patient patient) {
    return patient.hasDeceased() && !"false".equals(patient.getDeceased().primitiveValue());
  }

  private static String id(Patient patient) {
    return patient.getIdElement().getIdPart();
  }
}
