package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.carepathway.ehr.EhrServer;
import org.carepathway.fhir.FhirOperations;
import org.carepathway.fhirfeed.IdentityFeed.Merger;
import org.carepathway.inbox.Inbox;
import org.carepathway.inbox.Received;
import org.carepathway.security.SeenPatients;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.MessageHeader.ResponseType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
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
  private final IdentityNumbers numbers;
  private final SeenPatients seen;
  private final TransactionTemplate transaction;

  IdentityOperation(
      Inbox inbox,
      Kept kept,
      IdentityNumbers numbers,
      SeenPatients seen,
      TransactionTemplate transaction) {
    this.inbox = inbox;
    this.kept = kept;
    this.numbers = numbers;
    this.seen = seen;
    this.transaction = transaction;
  }

  /**
   * @param message a Bundle of the type message
   * @return a message that says that it was taken
   */
  @Operation(name = "$process-message")
  public Bundle process(@ResourceParam IBaseResource message) {
    IdentityFeed feed =
        Optional.ofNullable(message)
            .filter(Bundle.class::isInstance)
            .flatMap(bundle -> IdentityFeed.of((Bundle) bundle))
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        "Only messages of IHE ITI-93 are taken: a Bundle of the type message with a MessageHeader (eventUri %s) and a Bundle of the type history."
                            .formatted(IdentityFeed.EVENT)));
    seen.noted();
    feed.changed().forEach(numbers::refuseUnmerge);
    transaction.executeWithoutResult(status -> keep(feed));
    return answer(feed.header());
  }

  private void keep(IdentityFeed feed) {
    for (Merger merger : feed.mergers()) {
      Identifier former = numbers.former(merger.gone());
      Identifier surviving = numbers.surviving(feed, merger.survivor());
      Parameters both = new Parameters();
      both.addParameter().setName(IdentityHandler.SURVIVING).setValue(surviving);
      both.addParameter().setName(IdentityHandler.FORMER).setValue(former);
      inbox.keep(
          new Received(
              FEED,
              feed.header().getIdElement().getIdPart() + '/' + EhrPatients.lane(former),
              IdentityHandler.FORMAT,
              "ITI-93",
              EhrPatients.lane(surviving),
              EhrPatients.lane(former),
              null,
              text(both).getBytes(StandardCharsets.UTF_8)));
    }
    for (Patient changed : feed.changed()) {
      IdentityFeed.number(changed)
          .ifPresent(number -> kept.keep(FEED, EhrPatients.lane(number), List.of(found(changed))));
    }
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
    header.getResponse().setIdentifier(asked.getIdElement().getIdPart()).setCode(ResponseType.OK);
    Bundle answer = new Bundle().setType(BundleType.MESSAGE);
    answer.addEntry().setFullUrl("urn:uuid:" + header.getIdPart()).setResource(header);
    return answer;
  }
}
