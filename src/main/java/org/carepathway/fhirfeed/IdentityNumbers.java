package org.carepathway.fhirfeed;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import java.util.List;
import java.util.Optional;
import org.carepathway.fhir.Numbers;
import org.carepathway.fhir.Refusal;
import org.carepathway.incoming.PatientMatch;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** By which numbers the Patients of a message of ITI-93 are known here. */
@Component
class IdentityNumbers {

  private final PatientMatch match;
  private final IRepository repository;

  IdentityNumbers(PatientMatch match, IRepository repository) {
    this.match = match;
    this.repository = repository;
  }

  /** The Patient comes with the message, or is one of ours, or the link has a number. */
  Identifier surviving(IdentityFeed feed, Reference survivor) {
    return feed.referred(survivor)
        .flatMap(IdentityFeed::number)
        .or(() -> Optional.of(survivor.getIdentifier()).filter(Numbers::isWhole))
        .or(() -> ours(survivor.getReferenceElement().getIdPart()))
        .orElseThrow(
            () ->
                Refusal.rule(
                    "Patient.link.other",
                    "Who survives cannot be known: send that Patient in the same history, or the number as link.other.identifier."));
  }

  Identifier former(Patient patient) {
    return IdentityFeed.number(patient)
        .or(() -> ours(patient.getIdElement().getIdPart()))
        .orElseThrow(
            () ->
                Refusal.rule(
                    "Patient.identifier",
                    "A Patient of the message has no number with a system: send one."));
  }

  /** A number that nobody else has, of a Patient of ours. */
  private Optional<Identifier> ours(String id) {
    try {
      return id == null
          ? Optional.empty()
          : IdentityFeed.numbers(repository.read(Patient.class, new IdType("Patient", id)))
              .filter(number -> match.byNumber(number).size() == 1)
              .findFirst();
    } catch (BaseServerResponseException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Whether a Patient is active again under nothing but numbers that were merged into another.
   *
   * @throws MethodNotAllowedException (405) then, as ITI-93 says
   */
  void refuseUnmerge(Patient changed) {
    List<Identifier> theirs = IdentityFeed.numbers(changed).toList();
    boolean undone =
        !theirs.isEmpty()
            && theirs.stream()
                .allMatch(
                    number ->
                        match.byNumber(number).stream()
                            .flatMap(known -> known.getIdentifier().stream())
                            .anyMatch(known -> isMerged(known, number)));
    if (undone) {
      String text =
          "This number was merged into another; to undo that is not taken here (ITI-93: 405). A person must do it.";
      throw new MethodNotAllowedException(
          text, Refusal.outcome(IssueType.NOTSUPPORTED, "Patient.link", text));
    }
  }

  private static boolean isMerged(Identifier known, Identifier number) {
    return known.getUse() == IdentifierUse.OLD
        && number.getSystem().equals(known.getSystem())
        && number.getValue().equals(known.getValue());
  }
}
