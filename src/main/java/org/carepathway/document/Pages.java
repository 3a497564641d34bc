package org.carepathway.document;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes letters and sheets from messages of the record. */
@Component
public class Pages {

  private final PatientTexts texts;
  private final MessageSource messages;
  private final ITemplateEngine templates;
  private final Clock clock;

  Pages(PatientTexts texts, MessageSource messages, ITemplateEngine templates, Clock clock) {
    this.texts = texts;
    this.messages = messages;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * @param texts names of the texts for the patient that belong to it; a page with some is in the
   *     patient's language
   */
  public Page of(OpenPathway open, CommunicationRequest message, List<String> texts) {
    Locale locale = texts.isEmpty() ? Locale.ENGLISH : PatientTexts.language(open.patient());
    Instant written =
        message.hasAuthoredOn() ? message.getAuthoredOn().toInstant() : clock.instant();
    return new Page(
        locale,
        message.getReasonCodeFirstRep().getText(),
        patient(open.patient(), locale),
        open.content().plan().getTitle(),
        to(open, message.getRecipientFirstRep()),
        DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            .withLocale(locale)
            .format(written.atZone(clock.getZone())),
        message.getPayload().stream()
            .filter(payload -> payload.getContent() instanceof StringType)
            .map(payload -> payload.getContentStringType().getValue())
            .toList(),
        texts.stream()
            .flatMap(name -> this.texts.html(open.content(), name, locale).stream())
            .toList());
  }

  /** The page as XHTML with its style in it. */
  public String html(Page page) {
    Context context = new Context(page.locale(), Map.of("page", page));
    return templates.process("document/letter", context);
  }

  public byte[] pdf(Page page) {
    return Pdf.of(html(page));
  }

  private List<String> patient(Patient patient, Locale locale) {
    List<String> lines = new ArrayList<>();
    lines.add(patient.getNameFirstRep().getNameAsSingleString());
    if (patient.hasBirthDate()) {
      lines.add(
          label("patient.born", locale) + ' ' + patient.getBirthDateElement().asStringValue());
    }
    patient.getIdentifier().stream()
        .filter(identifier -> identifier.getType().hasCoding() && isRecordNumber(identifier))
        .findFirst()
        .ifPresent(number -> lines.add(label("patient.mrn", locale) + ' ' + number.getValue()));
    return lines;
  }

  private static boolean isRecordNumber(Identifier identifier) {
    return identifier.getType().getCoding().stream().anyMatch(c -> "MR".equals(c.getCode()));
  }

  private String to(OpenPathway open, Reference recipient) {
    if (recipient.hasDisplay()) {
      return recipient.getDisplay();
    }
    boolean patient = ("Patient/" + open.pathway().patientId()).equals(recipient.getReference());
    return patient ? open.patient().getNameFirstRep().getNameAsSingleString() : null;
  }

  private String label(String key, Locale locale) {
    return messages.getMessage(key, null, locale) + ':';
  }
}
