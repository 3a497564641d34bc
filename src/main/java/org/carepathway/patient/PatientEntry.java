package org.carepathway.patient;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.carepathway.fact.PatientIdentity;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * Who a patient is, for people who look for them. What is not known is null.
 *
 * @param id of the Patient
 * @param mrn medical record number
 * @param born null too where only year or month are known
 */
public record PatientEntry(String id, String name, String mrn, LocalDate born) {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final Set<ContactPointSystem> PHONES =
      EnumSet.of(ContactPointSystem.PHONE, ContactPointSystem.SMS);
  private static final int DAY = "yyyy-MM-dd".length();

  /**
   * @param known the Patient as who they are here, {@link PatientIdentity#of}
   */
  static PatientEntry of(Patient known) {
    return new PatientEntry(
        known.getIdElement().getIdPart(), name(known), PatientIdentity.number(known), born(known));
  }

  /** Who has no name is told apart by the id. */
  private static String name(Patient known) {
    String name = PatientIdentity.name(known);
    return name == null || name.isBlank() ? known.getIdElement().getIdPart() : name;
  }

  /** Null too where only year or month are known. */
  public static LocalDate born(Patient patient) {
    String value = patient.getBirthDateElement().getValueAsString();
    return value == null || value.length() < DAY ? null : LocalDate.parse(value);
  }

  /**
   * What the patient is found by: all names, former ones too, the record numbers of here and of
   * elsewhere, as they are written and in one piece (O'Brien, 12-34), and the phone numbers, of
   * contact persons too. A patient without a record number is found by the other numbers.
   *
   * @param stored the Patient as it is stored
   * @param known the same as who they are here
   */
  static String[] texts(Patient stored, Patient known) {
    List<Identifier> records =
        Stream.concat(
                known.getIdentifier().stream(),
                stored.getIdentifier().stream()
                    .filter(number -> number.getType().hasCoding(IDENTIFIER_TYPES, "MR")))
            .toList();
    List<Identifier> numbers = records.isEmpty() ? stored.getIdentifier() : records;
    return Stream.of(
            stored.getName().stream().flatMap(PatientEntry::texts),
            numbers.stream().map(Identifier::getValue),
            phones(stored))
        .flatMap(Function.identity())
        .filter(Objects::nonNull)
        .flatMap(text -> Stream.of(text, text.replaceAll("[^\\p{L}\\p{M}\\p{N}\\s]", "")))
        .toArray(String[]::new);
  }

  /** In digits only, since everybody writes them in another way. */
  private static Stream<String> phones(Patient stored) {
    return Stream.concat(
            stored.getTelecom().stream(),
            stored.getContact().stream().flatMap(contact -> contact.getTelecom().stream()))
        .filter(contact -> PHONES.contains(contact.getSystem()))
        .map(ContactPoint::getValue)
        .filter(Objects::nonNull)
        .map(number -> number.replaceAll("\\D", ""));
  }

  private static Stream<String> texts(HumanName name) {
    return Stream.concat(
        name.getGiven().stream().map(StringType::getValue),
        Stream.of(name.getFamilyElement(), name.getTextElement()).map(StringType::getValue));
  }
}
