package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.ehr.EhrServer;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhirfeed.IdentityFeed.Merger;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.carepathway.incoming.PatientMatch;
import org.carepathway.security.SeenPatients;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Identifier.IdentifierUse;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code $process-message}: IHE ITI-93, of which all is taken or nothing. What was taken is kept in
 * the inbox and handled like an A40; to undo a merge is a person's.
 */
@Component
class IdentityOperation implements FhirOperations {

  /** The feed, as inbox and audit call it. */
  static final String FEED = "iti-93";

  private final Inbox inbox;
  private final Kept kept;
  private final PatientMatch match;
  private final IRepository repository;
  private final SeenPatients seen;
  private final TransactionTemplate transaction;

  IdentityOperation(
      Inbox inbox,
      Kept kept,
      PatientMatch match,
      IRepository repository,
      SeenPatients seen,
      TransactionTemplate transaction) {
    this.inbox = inbox;
    this.kept = kept;
    this.match = match;
    this.repository = repository;
    this.seen = seen;
    this.transaction = transaction;
  }

  /**
   * @param message a Bundle of the type message
   * @return a message that says that it was taken
   */
  @Operation(name = "$process-message")
  public Bundle process(@ResourceParam Bundle message) {
    IdentityFeed feed =
        Optional.ofNullable(message)
            .flatMap(IdentityFeed::of)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "Only messages of IHE ITI-93 are taken: a Bundle of the type message with a MessageHeader (eventUri %s) and a Bundle of the type history."
                            .formatted(IdentityFeed.EVENT)));
    seen.noted();
    feed.changed().forEach(this::refuseUnmerge);
    transaction.executeWithoutResult(status -> keep(feed));
    return answer(feed.header());
  }

  private void keep(IdentityFeed feed) {
    for (Merger merger : feed.mergers()) {
      Identifier former = number(merger.gone());
      Identifier surviving = surviving(feed, merger.survivor());
      Parameters numbers = new Parameters();
      numbers.addParameter().setName(IdentityHandler.SURVIVING).setValue(surviving);
      numbers.addParameter().setName(IdentityHandler.FORMER).setValue(former);
      inbox.keep(
          new Received(
              FEED,
              feed.header().getIdElement().getIdPart() + '/' + EhrPatients.lane(former),
              IdentityHandler.FORMAT,
              "ITI-93",
              EhrPatients.lane(surviving),
              EhrPatients.lane(former),
              null,
              text(numbers).getBytes(StandardCharsets.UTF_8)));
    }
    for (Patient changed : feed.changed()) {
      IdentityFeed.number(changed)
          .ifPresent(
              number -> kept.keep(FEED, EhrPatients.lane(number), List.of(found(changed))));
    }
  }

  /** The Patient comes with the message, or is one of ours, or the link has a number. */
  private Identifier surviving(IdentityFeed feed, Reference survivor) {
    return feed.referred(survivor)
        .flatMap(IdentityFeed::number)
        .or(
            () ->
                Optional.of(survivor.getIdentifier())
                    .filter(number -> number.hasSystem() && number.hasValue()))
        .or(() -> ours(survivor.getReferenceElement().getIdPart()))
        .orElseThrow(
            () ->
                Refusal.rule(
                    "Patient.link.other",
                    "Who survives cannot be known: send that Patient in the same history, or the number as link.other.identifier."));
  }

  private Identifier number(Patient patient) {
    return IdentityFeed.number(patient)
        .or(() -> ours(patient.getIdElement().getIdPart()))
        .orElseThrow(
            () ->
                Refusal.rule(
                    "Patient.identifier", "A Patient of the message has no number with a system: send one."));
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

  /** A Patient who is active again under nothing but numbers that were merged into another. */
  private void refuseUnmerge(Patient changed) {
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

  private static Found found(Patient patient) {
    Patient whole = patient.copy();
    if (!whole.hasId()) {
      whole.setId(UUID.randomUUID().toString());
    }
    try {
      return new Found(EhrServer.json(text(whole).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException("HAPI wrote no JSON", e);
    }
  }

  private static String text(Resource resource) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource);
  }

  private static Bundle answer(MessageHeader asked) {
    MessageHeader header = new MessageHeader();
    header.setId(UUID.randomUUID().toString());
    header.setEvent(new UriType(IdentityFeed.EVENT));
    header.getSource().setName("Care pathway service").setEndpoint("urn:care-pathway");
    header
        .getResponse()
        .setIdentifier(asked.getIdElement().getIdPart())
        .setCode(ResponseType.OK);
    Bundle answer = new Bundle().setType(BundleType.MESSAGE);
    answer.addEntry().setFullUrl("urn:uuid:" + header.getIdPart()).setResource(header);
    return answer;
  }
}
