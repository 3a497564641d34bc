package org.carepathway.worklist;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;

/** What a list shows of a patient. What is not known is null. */
final class Patients {

  private static final int DAY = "yyyy-MM-dd".length();

  private Patients() {}

  /** Null too where only year or month are known. */
  static LocalDate born(Patient patient) {
    String value = patient.getBirthDateElement().getValueAsString();
    return value == null || value.length() < DAY ? null : LocalDate.parse(value);
  }

  /** The organization that cares for the patient: of the episode, the referral, or the Patient. */
  static String site(OpenPathway open) {
    return Stream.concat(
            Stream.concat(
                Stream.of(open.episode().getManagingOrganization()),
                open.referral().getPerformer().stream()
                    .filter(performer -> isOrganization(performer))),
            Stream.of(open.patient().getManagingOrganization()))
        .map(Patients::name)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(null);
  }

  private static boolean isOrganization(Reference reference) {
    return "Organization".equals(reference.getType())
        || reference.hasReference() && reference.getReference().startsWith("Organization/");
  }

  private static Optional<String> name(Reference reference) {
    return Optional.ofNullable(
        reference.hasDisplay() ? reference.getDisplay() : reference.getReference());
  }
}
