package org.carepathway.chart;

import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carepathway.document.Documents;
import org.carepathway.document.Pages;
import org.carepathway.document.PatientTexts;
import org.carepathway.document.Wording;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patient.web.PathwayHeader;
import org.carepathway.security.SeenPatients;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Letters, the discharge sheet and texts for the patient: to read, to print, as a PDF. */
@Controller
@RequestMapping("/pathways/{id}")
class DocumentPage {

  private static final String MESSAGE = "CommunicationRequest";
  private static final String DOCUMENT = "DocumentReference";

  /** What a file system does not take in a name. */
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}/\\\\:*?\"<>|.]+");

  private final PathwayHeader header;
  private final Pages pages;
  private final PatientTexts texts;
  private final Wording wording;
  private final SeenPatients seen;
  private final Clock clock;

  DocumentPage(
      PathwayHeader header,
      Pages pages,
      PatientTexts texts,
      Wording wording,
      SeenPatients seen,
      Clock clock) {
    this.header = header;
    this.pages = pages;
    this.texts = texts;
    this.wording = wording;
    this.seen = seen;
    this.clock = clock;
  }

  @GetMapping("/documents/" + MESSAGE + "/{fhirId}")
  String message(@PathVariable UUID id, @PathVariable String fhirId, Model model) {
    OpenPathway open = header.show(id, model);
    model.addAttribute(
        "page", pages.of(open, find(open, CommunicationRequest.class, fhirId), List.of()));
    return "document";
  }

  @GetMapping("/documents/" + DOCUMENT + "/{fhirId}")
  String document(@PathVariable UUID id, @PathVariable String fhirId, Model model) {
    OpenPathway open = header.show(id, model);
    DocumentReference document = find(open, DocumentReference.class, fhirId);
    model.addAttribute("document", document.getIdElement().getIdPart());
    Documents.message(open, document)
        .ifPresent(
            message ->
                model.addAttribute("page", pages.of(open, message, Documents.texts(document))));
    return "document";
  }

  /** The PDF as it was stored. */
  @GetMapping("/documents/" + DOCUMENT + "/{fhirId}/pdf")
  ResponseEntity<byte[]> pdf(@PathVariable UUID id, @PathVariable String fhirId) {
    OpenPathway open = header.open(id);
    DocumentReference document = find(open, DocumentReference.class, fhirId);
    Reference where = new Reference(document.getContentFirstRep().getAttachment().getUrl());
    seen.exported(open.pathway().patientId());
    Binary binary = find(open, Binary.class, where.getReferenceElement().getIdPart());
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(binary.getContentType()))
        .header(HttpHeaders.CONTENT_DISPOSITION, name(document, binary).toString())
        .cacheControl(CacheControl.noStore())
        .body(binary.getData());
  }

  /** What it is and of which day; not of whom, as others see the folders that files lie in. */
  private ContentDisposition name(DocumentReference document, Binary binary) {
    Attachment file = document.getContentFirstRep().getAttachment();
    String title = file.hasTitle() ? file.getTitle() : document.getType().getText();
    LocalDate day = LocalDate.ofInstant(document.getDate().toInstant(), clock.getZone());
    String type = MediaType.parseMediaType(binary.getContentType()).getSubtype();
    return ContentDisposition.inline()
        .filename(
            "%s %s.%s".formatted(UNSAFE.matcher(title).replaceAll(" ").strip(), day, type),
            StandardCharsets.UTF_8)
        .build();
  }

  /** The newest sheet that a patient took home. */
  @GetMapping("/sheet")
  String sheet(@PathVariable UUID id) {
    OpenPathway open = header.open(id);
    return Documents.sheet(open)
        .map(
            sheet ->
                "redirect:/pathways/%s/documents/%s/%s"
                    .formatted(id, DOCUMENT, sheet.getIdElement().getIdPart()))
        .orElseThrow(
            () ->
                new ResourceNotFoundException(
                    "The patient has not gone home yet: there is no sheet."));
  }

  /**
   * @param language of the texts; the patient's where none is named
   */
  @GetMapping("/texts")
  String texts(
      @PathVariable UUID id, @RequestParam(required = false) String language, Model model) {
    OpenPathway open = header.show(id, model);
    Locale shown = language == null ? wording.of(open.patient()) : Locale.forLanguageTag(language);
    model.addAttribute("language", shown.getLanguage());
    model.addAttribute(
        "texts",
        texts.names(open.content()).stream()
            .flatMap(name -> texts.html(open.content(), name, shown).stream())
            .toList());
    return "texts";
  }

  private static <T extends Resource> T find(OpenPathway open, Class<T> type, String id) {
    return open.record()
        .find(type, id)
        .orElseThrow(() -> new ResourceNotFoundException("This pathway has no such document."));
  }
}
