package org.carepathway.patient;

import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.r4.model.Reference;

/** Where a patient is treated, as a list shows it. */
public final class Patients {

  private Patients() {}

  /** The organization that cares for the patient: of the episode, the referral, or the Patient. */
  public static String site(OpenPathway open) {
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
