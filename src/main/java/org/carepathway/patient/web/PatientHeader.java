package org.carepathway.patient.web;

import java.time.LocalDate;
import java.util.List;
import org.carepathway.fact.PatientIdentity;
import org.carepathway.page.Dates;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.Patient;

/**
 * Who the patient is, on top of every page about one. What is not known is null.
 *
 * @param born date of birth and age
 * @param sex as in Patient.gender
 * @param mrn the medical record number
 * @param phones empty where the Patient names none
 */
public record PatientHeader(String name, String born, String sex, String mrn, List<Phone> phones) {

  public static PatientHeader of(Patient patient, Dates dates, Texts texts) {
    return new PatientHeader(
        PatientIdentity.name(patient),
        patient.hasBirthDate() ? born(patient, dates, texts) : null,
        patient.hasGender() ? patient.getGender().toCode() : null,
        PatientIdentity.number(patient),
        Phones.of(patient, dates.today(), texts));
  }

  private static String born(Patient patient, Dates dates, Texts texts) {
    String date = dates.text(patient.getBirthDateElement());
    String value = patient.getBirthDateElement().getValueAsString();
    return value.length() < "yyyy-MM-dd".length()
        ? date
        : texts.message("patient.age", date, dates.age(LocalDate.parse(value)));
  }
}
