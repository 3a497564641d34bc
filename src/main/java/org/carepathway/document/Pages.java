package org.carepathway.document;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.carepathway.document.Page.Words;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Writes letters and sheets from messages of the record, in the language of the message. */
@Component
public class Pages {

  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private final PatientTexts texts;
  private final Wording wording;
  private final MessageSource messages;
  private final ITemplateEngine templates;
  private final Clock clock;

  Pages(
      PatientTexts texts,
      Wording wording,
      MessageSource messages,
      ITemplateEngine templates,
      Clock clock) {
    this.texts = texts;
    this.wording = wording;
    this.messages = messages;
    this.templates = templates;
    this.clock = clock;
  }

  /**
   * @param texts names of the texts for the patient that belong to it
   */
  public Page of(OpenPathway open, CommunicationRequest message, List<String> texts) {
    Locale locale =
        message.hasLanguage() ? Locale.forLanguageTag(message.getLanguage()) : Locale.ENGLISH;
    Instant written =
        message.hasAuthoredOn() ? message.getAuthoredOn().toInstant() : clock.instant();
    return new Page(
        locale,
        words(locale),
        wording.in(message.getReasonCodeFirstRep().getText(), locale),
        patient(open.patient(), locale),
        wording.in(open.content().plan().getTitle(), locale),
        to(open, message.getRecipientFirstRep(), locale),
        wording.day(LocalDate.ofInstant(written, clock.getZone()), locale),
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

  private Words words(Locale locale) {
    return new Words(
        word("document.subject", locale),
        word("document.to", locale),
        word("document.from", locale),
        word("patient.when", locale));
  }

  private List<String> patient(Patient patient, Locale locale) {
    List<String> lines = new ArrayList<>();
    lines.add(PatientIdentity.name(patient));
    if (patient.hasBirthDate()) {
      lines.add(
          word("patient.born", locale)
              + ": "
              + wording.in(patient.getBirthDateElement().asStringValue(), locale));
    }
    String number = PatientIdentity.number(patient);
    if (number != null) {
      lines.add(word("patient.mrn", locale) + ": " + number);
    }
    return lines;
  }

  private String to(OpenPathway open, Reference recipient, Locale locale) {
    if (ROLES.equals(recipient.getIdentifier().getSystem())) {
      return word("role." + recipient.getIdentifier().getValue(), locale);
    }
    if (recipient.hasDisplay()) {
      return recipient.getDisplay();
    }
    boolean patient = ("Patient/" + open.pathway().patientId()).equals(recipient.getReference());
    return patient ? PatientIdentity.name(open.patient()) : null;
  }

  private String word(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }
}
