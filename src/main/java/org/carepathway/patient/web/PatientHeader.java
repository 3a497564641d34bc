package org.carepathway.patient.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.PatientCommunicationComponent;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Who the patient is, on top of every page about one. What is not known is null.
 *
 * @param born date of birth and age
 * @param sex as in Patient.gender
 * @param mrn the medical record number
 * @param speaks the languages in which the patient can be spoken to; empty where none is known
 * @param phones empty where the Patient names none
 */
public record PatientHeader(
    String name, String born, String sex, String mrn, String speaks, List<Phone> phones) {

  public static PatientHeader of(Patient patient, Dates dates, Texts texts) {
    return new PatientHeader(
        PatientIdentity.name(patient),
        patient.hasBirthDate() ? born(patient, dates, texts) : null,
        patient.hasGender() ? patient.getGender().toCode() : null,
        PatientIdentity.number(patient),
        speaks(patient),
        Phones.of(patient, dates.today(), texts));
  }

  /** The preferred one alone where one is. */
  private static String speaks(Patient patient) {
    List<PatientCommunicationComponent> all = patient.getCommunication();
    boolean one = all.stream().anyMatch(PatientCommunicationComponent::getPreferred);
    return all.stream()
        .filter(language -> !one || language.getPreferred())
        .map(language -> name(language.getLanguage()))
        .filter(name -> !name.isBlank())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String name(CodeableConcept language) {
    String code = language.getCodingFirstRep().getCode();
    return code == null
        ? Objects.requireNonNullElse(language.getText(), "")
        : Locale.forLanguageTag(code).getDisplayLanguage(LocaleContextHolder.getLocale());
  }

  private static String born(Patient patient, Dates dates, Texts texts) {
    String date = dates.text(patient.getBirthDateElement());
    String value = patient.getBirthDateElement().getValueAsString();
    return value.length() < "yyyy-MM-dd".length()
        ? date
        : texts.message("patient.age", date, dates.age(LocalDate.parse(value)));
  }
}
