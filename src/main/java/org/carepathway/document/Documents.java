package org.carepathway.document;

import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.CommunicationRequest.CommunicationRequestStatus;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Keeps letters, sheets and files as documents of the record: the data and what says where it is.
 */
@Component
public class Documents {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/pathway-document";
  private static final String TEXTS = "https://carepathway.org/fhir/text";
  private static final String LOINC = "http://loinc.org";
  private static final String MESSAGE = "CommunicationRequest";
  private static final String PDF = "application/pdf";

  private final Pages pages;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Documents(Pages pages, ApplicationEventPublisher events, Clock clock) {
    this.pages = pages;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Writes the document of a message, in the step's transaction. A LOINC code among the categories
   * of the message says what kind of document it is.
   *
   * @param element the BPMN element that writes it
   * @param message the letter, with its id
   * @param texts names of the texts for the patient that belong to it
   */
  public void keep(
      OpenPathway open, String element, CommunicationRequest message, List<String> texts) {
    Page page = pages.of(open, message, texts);
    String id = message.getIdElement().getIdPart();
    Attachment pdf =
        new Attachment()
            .setContentType(PDF)
            .setLanguage(page.locale().getLanguage())
            .setTitle(page.title())
            .setData(pages.pdf(page));
    DocumentReference document = document(open, element, id, pdf);
    // Staff read the kind in their own language, whatever the letter's is.
    document.getType().setText(message.getReasonCodeFirstRep().getText());
    message.getCategory().stream()
        .flatMap(category -> category.getCoding().stream())
        .filter(coding -> LOINC.equals(coding.getSystem()))
        .forEach(coding -> document.getType().addCoding(coding.copy()));
    if (message.hasSender()) {
      document.addAuthor(message.getSender().copy());
    }
    document.getContext().addRelated(new Reference(MESSAGE + "/" + id));
    texts.forEach(text -> document.getContext().addRelated(related(text)));
    open.record().write(element, document);
    if (message.getStatus() == CommunicationRequestStatus.ACTIVE) {
      events.publishEvent(
          new LetterWritten(
              open.pathway().id(),
              open.pathway().patientId(),
              id,
              "%s, %s".formatted(page.title(), message.getRecipientFirstRep().getDisplay())));
    }
  }

  /**
   * Writes the document of a file that answers bring with them.
   *
   * @param trigger from which its ids are made
   * @param file with its data
   * @return the same as the answers keep it: it points to the data
   */
  public Attachment keepFile(OpenPathway open, String element, String trigger, Attachment file) {
    DocumentReference document = document(open, element, trigger, file);
    open.record().write(element, document);
    return document.getContentFirstRep().getAttachment().copy();
  }

  private DocumentReference document(
      OpenPathway open, String element, String trigger, Attachment file) {
    Reference patient = new Reference("Patient/" + open.pathway().patientId());
    Binary binary = new Binary();
    binary.setId(StableIds.of(trigger, element, "Binary", 0).toString());
    binary.setContentType(file.getContentType());
    binary.setSecurityContext(patient.copy());
    binary.setData(file.getData());
    open.record().write(element, binary);
    DocumentReference document = new DocumentReference();
    document.setId(StableIds.of(trigger, element, "DocumentReference", 0).toString());
    document.getMeta().addProfile(PROFILE);
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.getType().setText(file.getTitle());
    document.setSubject(patient);
    document.setDate(Date.from(clock.instant()));
    document.setDescription(file.getTitle());
    document
        .addContent()
        .setAttachment(
            new Attachment()
                .setContentType(file.getContentType())
                .setLanguage(file.getLanguage())
                .setUrl("Binary/" + binary.getIdElement().getIdPart())
                .setSize(file.getData().length)
                // The SHA-1 of the data (FHIR R4, Attachment.hash).
                .setHash(DigestUtils.sha1(file.getData()))
                .setTitle(file.getTitle()));
    return document;
  }

  /** The names of the texts for the patient that belong to a document. */
  public static List<String> texts(DocumentReference document) {
    return document.getContext().getRelated().stream()
        .map(Reference::getIdentifier)
        .filter(identifier -> TEXTS.equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .toList();
  }

  /** The message that a document was made from; empty for files. */
  public static Optional<CommunicationRequest> message(
      OpenPathway open, DocumentReference document) {
    return document.getContext().getRelated().stream()
        .map(Reference::getReferenceElement)
        .filter(related -> MESSAGE.equals(related.getResourceType()))
        .findFirst()
        .flatMap(related -> open.record().find(CommunicationRequest.class, related.getIdPart()));
  }

  /** The newest sheet that the patient took home; empty before. */
  public static Optional<DocumentReference> sheet(OpenPathway open) {
    return open.resources(Set.of("DocumentReference")).stream()
        .map(DocumentReference.class::cast)
        .filter(document -> !texts(document).isEmpty())
        .max(Comparator.comparing(DocumentReference::getDate));
  }

  private static Reference related(String text) {
    return new Reference().setIdentifier(new Identifier().setSystem(TEXTS).setValue(text));
  }
}
