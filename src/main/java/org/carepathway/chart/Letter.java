package org.carepathway.chart;

import java.util.List;
import java.util.Set;
import org.carepathway.page.Fact;
import org.carepathway.page.Facts;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Something to read or print: a document, or a message that was asked for.
 *
 * @param page whether it can be shown as a page
 * @param pdf whether its PDF is in the record
 */
record Letter(Fact fact, String title, boolean page, boolean pdf) {

  /** The newest first. */
  static List<Letter> of(OpenPathway open, Facts facts, Texts texts) {
    return facts
        .withResources(open.resources(Set.of("DocumentReference", "CommunicationRequest")))
        .entrySet()
        .stream()
        .map(entry -> letter(entry.getKey(), entry.getValue(), texts))
        .toList();
  }

  private static Letter letter(Fact fact, Resource resource, Texts texts) {
    if (resource instanceof DocumentReference document) {
      String url = document.getContentFirstRep().getAttachment().getUrl();
      boolean ours = url != null && url.startsWith("Binary/");
      boolean page = ours && document.getContext().hasRelated();
      return new Letter(fact, texts.of(title(document)), page, ours);
    }
    CommunicationRequest message = (CommunicationRequest) resource;
    return new Letter(fact, texts.of(message.getReasonCodeFirstRep().getText()), true, false);
  }

  private static String title(DocumentReference document) {
    return document.getType().hasText() ? document.getType().getText() : document.getDescription();
  }
}
