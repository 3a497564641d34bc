package org.carepathway.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.carepathway.outbox.OurNumbers;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentRelationshipType;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * What a site does not take as the resource it is, in words.
 *
 * @param subject {@code Type/id} of the resource here, and which version of it
 * @param ehrPatient id of the Patient at the site
 * @param replaced {@code Type/id} there of what was said before; null for nothing
 */
record SaidInWords(
    String subject, String title, String text, String ehrPatient, Instant at, String replaced) {

  DomainResource as(String type) {
    return type.equals("Communication") ? communication() : document();
  }

  private DocumentReference document() {
    DocumentReference document = new DocumentReference();
    document.addIdentifier(OurNumbers.of(subject));
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.setType(new CodeableConcept().setText(title));
    document.setSubject(new Reference("Patient/" + ehrPatient));
    document.setDate(Date.from(at));
    document.setDescription(title);
    document
        .addContent()
        .setAttachment(
            new Attachment()
                .setContentType("text/plain; charset=utf-8")
                .setTitle(title)
                .setData(text.getBytes(StandardCharsets.UTF_8)));
    if (replaced != null && replaced.startsWith("DocumentReference/")) {
      document
          .addRelatesTo()
          .setCode(DocumentRelationshipType.REPLACES)
          .setTarget(new Reference(replaced));
    }
    return document;
  }

  private Communication communication() {
    Communication communication = new Communication();
    communication.addIdentifier(OurNumbers.of(subject));
    communication.setStatus(CommunicationStatus.COMPLETED);
    communication.setTopic(new CodeableConcept().setText(title));
    communication.setSubject(new Reference("Patient/" + ehrPatient));
    communication.setSent(Date.from(at));
    communication.addPayload().setContent(new StringType(text));
    return communication;
  }
}
