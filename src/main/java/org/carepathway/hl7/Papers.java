package org.carepathway.hl7;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/** A document of the EHR, of TXA and the OBX that hold it. */
final class Papers {

  private Papers() {}

  static List<Statement> of(Telling telling) {
    Hl7Segment header =
        telling
            .message()
            .first("TXA")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        new Place("TXA", 1, 0, 0),
                        Hl7Refusal.Fault.SEQUENCE,
                        "The segment TXA is missing"));
    Identifier number =
        telling
            .number(List.of(header), "TXA-12")
            .orElseThrow(
                () ->
                    Hl7Refusal.at(
                        header,
                        12,
                        Hl7Refusal.Fault.MISSING,
                        "The number of the document is missing"));
    return List.of(
        Statement.of(
            "DocumentReference",
            List.of(telling.key(number)),
            known -> fill(telling, header, known)));
  }

  private static void fill(Telling telling, Hl7Segment header, Resource known) {
    DocumentReference document = (DocumentReference) known;
    telling.fill(document, List.of(header));
    document.setStatus(DocumentReferenceStatus.CURRENT);
    document.setContent(null);
    ReportLines lines = new ReportLines(telling.message().segments());
    lines
        .text()
        .ifPresent(
            text ->
                document
                    .addContent()
                    .setAttachment(
                        new Attachment()
                            .setContentType("text/plain; charset=utf-8")
                            .setData(text.getBytes(StandardCharsets.UTF_8))));
    lines.files().forEach(line -> document.addContent().setAttachment(EncodedFile.of(line)));
    if (!document.hasContent()) {
      throw Hl7Refusal.at(
          new Place("OBX", 1, 5, 0),
          Hl7Refusal.Fault.MISSING,
          "The content of the document is missing");
    }
  }
}
