package org.carepathway.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.StableIds;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** Keeps letters and sheets as documents of the record: a PDF and what says where it is. */
@Component
public class Documents {

  private static final String PROFILE =
      "https://carepathway.org/fhir/StructureDefinition/pathway-document";
  private static final String TEXTS = "https://carepathway.org/fhir/text";
  private static final String PDF = "application/pdf";

  private final Pages pages;
  private final Clock clock;

  Documents(Pages pages, Clock clock) {
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * Writes the document of a message, in the step's transaction.
   *
   * @param element the BPMN element that writes it
   * @param message the letter, with its id
   * @param texts names of the texts for the patient that belong to it
   */
  public void keep(
      OpenPathway open, String element, CommunicationRequest message, List<String> texts) {
    Page page = pages.of(open, message, texts);
    String id = message.getIdElement().getIdPart();
    Binary binary = new Binary();
    binary.setId(StableIds.of(id, element, "Binary", 0).toString());
    binary.setContentType(PDF);
    binary.setSecurityContext(message.getSubject().copy());
    binary.setData(pages.pdf(page));
    open.record().write(element, binary);

    DocumentReference document = new DocumentReference();
    document.setId(StableIds.of(id, element, "DocumentReference", 0).toString());
    document.getMeta().addProfile(PROFILE);
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.getType().setText(page.title());
    document.setSubject(message.getSubject().copy());
    document.setDate(Date.from(clock.instant()));
    document.setDescription(page.title());
    document.getContext().addRelated(new Reference("CommunicationRequest/" + id));
    texts.forEach(text -> document.getContext().addRelated(related(text)));
    document.addContent().setAttachment(attachment(binary, page));
    open.record().write(element, document);
  }

  /** The names of the texts for the patient that belong to a document. */
  public static List<String> texts(DocumentReference document) {
    return document.getContext().getRelated().stream()
        .map(Reference::getIdentifier)
        .filter(identifier -> TEXTS.equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .toList();
  }

  private static Reference related(String text) {
    return new Reference().setIdentifier(new Identifier().setSystem(TEXTS).setValue(text));
  }

  private static Attachment attachment(Binary binary, Page page) {
    return new Attachment()
        .setContentType(PDF)
        .setLanguage(page.locale().getLanguage())
        .setUrl("Binary/" + binary.getIdElement().getIdPart())
        .setSize(binary.getData().length)
        .setHash(sha1(binary.getData()))
        .setTitle(page.title());
  }

  /** Attachment.hash is the SHA-1 of the data (FHIR R4, Attachment). */
  private static byte[] sha1(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
