package org.carepathway.document;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private final Letterhead letterhead;
  private final Clock clock;

  Pages(
      PatientTexts texts,
      Wording wording,
      MessageSource messages,
      ITemplateEngine templates,
      Letterhead letterhead,
      Clock clock) {
    this.texts = texts;
    this.wording = wording;
    this.messages = messages;
    this.templates = templates;
    this.letterhead = letterhead;
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
        letterhead,
        wording.in(message.getReasonCodeFirstRep().getText(), locale),
        patient(open.patient(), locale),
        message.hasSender()
            ? message.getSender().getDisplay()
            : wording.in(open.content().plan().getTitle(), locale),
        to(open, message.getRecipientFirstRep(), locale),
        message.getRecipient().stream().skip(1).map(one -> to(open, one, locale)).toList(),
        wording.day(LocalDate.ofInstant(written, clock.getZone()), locale),
        message.getPayload().stream()
            .filter(payload -> payload.getContent() instanceof StringType)
            .map(payload -> payload.getContentStringType().getValue())
            .toList(),
        texts.stream()
            .flatMap(name -> this.texts.html(open.content(), name, locale).stream())
            .toList(),
        reach(locale),
        signer(open, message, locale));
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
        word("document.copies", locale),
        word("document.from", locale),
        word("document.date", locale),
        word("document.reach", locale));
  }

  private List<String> reach(Locale locale) {
    return Stream.of(
            reach("document.phone", letterhead.phone(), locale),
            reach("document.night-phone", letterhead.nightPhone(), locale),
            reach("document.emergency", letterhead.emergency(), locale))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> reach(String key, String number, Locale locale) {
    return number.isBlank()
        ? Optional.empty()
        : Optional.of(messages.getMessage(key, new Object[] {number}, locale));
  }

  /** A letter to colleagues has a signature, or says that it has none; patients need none. */
  private String signer(OpenPathway open, CommunicationRequest message, Locale locale) {
    if (isPatient(open, message.getRecipientFirstRep())) {
      return null;
    }
    return message.hasSender()
        ? message.getSender().getDisplay()
        : word("document.unsigned", locale);
  }

  private static boolean isPatient(OpenPathway open, Reference recipient) {
    return ("Patient/" + open.pathway().patientId()).equals(recipient.getReference());
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
      String role = recipient.getIdentifier().getValue();
      return role.equals(recipient.getDisplay())
          ? word("role." + role, locale)
          : recipient.getDisplay();
    }
    if (recipient.hasDisplay()) {
      return recipient.getDisplay();
    }
    return isPatient(open, recipient) ? PatientIdentity.name(open.patient()) : null;
  }

  private String word(String key, Locale locale) {
    return messages.getMessage(key, null, locale);
  }
}
