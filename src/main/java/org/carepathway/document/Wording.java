package org.carepathway.document;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.clock.SiteSettings;
import org.carepathway.content.Translations;
import org.carepathway.fact.DrugName;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.CommunicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts messages and letters into the language of who reads them. */
@Component
public class Wording {

  private static final Pattern DATE =
      Pattern.compile("\\b(\\d{4}-\\d{2}-\\d{2})(?:T(\\d{2}:\\d{2})[\\d:.+Z-]*\\b)?");

  /** What somebody typed as a sentence ends within one. */
  private static final Pattern TWO_STOPS = Pattern.compile("(?<!\\.)\\.\\.(?!\\.)");

  private final Translations translations;
  private final SiteSettings site;
  private final MessageSource messages;

  public Wording(Translations translations, SiteSettings site, MessageSource messages) {
    this.translations = translations;
    this.site = site;
    this.messages = messages;
  }

  /** The language of letters within and between hospitals. */
  public Locale ofSite() {
    return site.language();
  }

  /** The language that a patient speaks best of those that there are texts in; else the site's. */
  public Locale of(Patient patient) {
    return patient.getCommunication().stream()
        .sorted((a, b) -> Boolean.compare(b.getPreferred(), a.getPreferred()))
        .map(PatientCommunicationComponent::getLanguage)
        .map(CodeableConcept::getCoding)
        .flatMap(codings -> codings.stream())
        .map(coding -> Locale.forLanguageTag(String.valueOf(coding.getCode())))
        .filter(translations::isOffered)
        .findFirst()
        .orElse(site.language());
  }

  /** Says in a language what a message says in English; its reason stays, systems go by it. */
  public void put(CommunicationRequest message, Locale locale) {
    message.setLanguage(locale.getLanguage());
    message.getPayload().stream()
        .filter(payload -> payload.getContent() instanceof StringType)
        .map(payload -> payload.getContentStringType())
        .filter(StringType::hasValue)
        .forEach(text -> text.setValue(in(text.getValue(), locale)));
  }

  /** A value of a resource as the site reads it: the word for a status, a time as it is written. */
  public String of(Base value) {
    String text = value.primitiveValue();
    return value.fhirType().equals("code") ? word(text) : in(text, ofSite());
  }

  private String word(String code) {
    String priority = messages.getMessage("priority." + code, null, code, ofSite());
    return messages.getMessage("status." + code, null, priority, ofSite());
  }

  /** A text of the content, with its dates as they are written in that language. */
  String in(String english, Locale locale) {
    String text = DrugName.in(translations.of(english, locale));
    return DATE.matcher(TWO_STOPS.matcher(text).replaceAll("."))
        .replaceAll(found -> Matcher.quoteReplacement(day(found, locale)));
  }

  /** Such as {@code 22 November 2026}. */
  String day(LocalDate day, Locale locale) {
    String pattern = messages.getMessage("document.day", null, locale);
    return DateTimeFormatter.ofPattern(pattern, locale).format(day);
  }

  private String day(MatchResult found, Locale locale) {
    try {
      String day = day(LocalDate.parse(found.group(1)), locale);
      return found.group(2) == null ? day : day + ", " + found.group(2);
    } catch (DateTimeException e) {
      return found.group();
    }
  }
}
