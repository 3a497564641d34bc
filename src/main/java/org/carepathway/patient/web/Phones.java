package org.carepathway.patient.web;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.page.Texts;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.ContactComponent;

/** Where a patient is reached: every phone that the Patient names, those of their people last. */
final class Phones {

  private Phones() {}

  static List<Phone> of(Patient patient, LocalDate today, Texts texts) {
    return Stream.concat(
            numbers(patient.getTelecom(), today)
                .map(point -> Phone.of(use(point, texts), point.getValue())),
            patient.getContact().stream()
                .flatMap(
                    contact ->
                        numbers(contact.getTelecom(), today)
                            .map(point -> Phone.of(whose(contact, texts), point.getValue()))))
        .toList();
  }

  private static Stream<ContactPoint> numbers(List<ContactPoint> points, LocalDate today) {
    return points.stream()
        .filter(point -> point.getValueElement().hasValue())
        .filter(
            point ->
                point.getSystem() == ContactPointSystem.PHONE
                    || point.getSystem() == ContactPointSystem.SMS)
        .filter(point -> point.getUse() != ContactPointUse.OLD)
        .filter(point -> !isOver(point, today))
        .sorted(
            Comparator.comparing(point -> point.hasRank() ? point.getRank() : Integer.MAX_VALUE));
  }

  private static boolean isOver(ContactPoint point, LocalDate today) {
    String end = point.getPeriod().getEndElement().getValueAsString();
    return end != null && end.compareTo(today.toString()) < 0;
  }

  private static String use(ContactPoint point, Texts texts) {
    return texts.message("patient.phone" + (point.hasUse() ? "." + point.getUse().toCode() : ""));
  }

  private static String whose(ContactComponent contact, Texts texts) {
    String relation =
        contact.getRelationship().stream()
            .map(kind -> kind.hasText() ? kind.getText() : kind.getCodingFirstRep().getDisplay())
            .filter(text -> text != null)
            .map(texts::of)
            .findFirst()
            .orElse(texts.message("patient.phone.contact"));
    String name = contact.getName().getNameAsSingleString();
    return name == null || name.isBlank() ? relation : relation + ": " + name;
  }
}
