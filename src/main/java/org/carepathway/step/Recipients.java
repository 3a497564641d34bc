package org.carepathway.step;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.pathway.OpenPathway;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Reference;
import org.springframework.stereotype.Component;

/** To whom messages go, by name where it is known. */
@Component
class Recipients {

  static final String PATIENT = "patient";
  private static final String REFERRER = "referrer";
  private static final String ROLES = "https://carepathway.org/fhir/CodeSystem/pathway-role";

  private final IRepository repository;

  Recipients(IRepository repository) {
    this.repository = repository;
  }

  /**
   * @param to {@code patient}, {@code referrer} or a role
   */
  Reference of(OpenPathway open, String to) {
    if (PATIENT.equals(to)) {
      return new Reference("Patient/" + open.pathway().patientId());
    }
    Reference requester = open.referral().getRequester();
    Optional<String> name = REFERRER.equals(to) ? name(requester) : Optional.empty();
    if (REFERRER.equals(to) && isElsewhere(requester)) {
      return requester.copy().setDisplay(name.orElse(requester.getDisplay()));
    }
    Reference role = new Reference().setDisplay(name.orElse(to));
    role.getIdentifier().setSystem(ROLES).setValue(to);
    return role;
  }

  /** The patient's own doctors, whoever has referred. */
  List<Reference> ownDoctors(OpenPathway open, Reference except) {
    return open.patient().getGeneralPractitioner().stream()
        .filter(doctor -> isElsewhere(doctor) || doctor.hasDisplay())
        .map(doctor -> doctor.copy().setDisplay(name(doctor).orElse(doctor.getDisplay())))
        .filter(doctor -> !isSame(doctor, except))
        .toList();
  }

  private static boolean isSame(Reference one, Reference other) {
    return one.hasReference() && one.getReference().equals(other.getReference())
        || one.hasDisplay() && one.getDisplay().equals(other.getDisplay());
  }

  /** A contained resource cannot be pointed to from another one. */
  private static boolean isElsewhere(Reference reference) {
    return reference.hasReference() && !reference.getReference().startsWith("#");
  }

  private Optional<String> name(Reference reference) {
    return reference.hasDisplay()
        ? Optional.of(reference.getDisplay())
        : resource(reference).flatMap(Recipients::name).filter(name -> !name.isBlank());
  }

  private Optional<IBaseResource> resource(Reference reference) {
    if (reference.getResource() != null) {
      return Optional.of(reference.getResource());
    }
    Class<? extends IBaseResource> type =
        switch (String.valueOf(reference.getReferenceElement().getResourceType())) {
          case "Practitioner" -> Practitioner.class;
          case "PractitionerRole" -> PractitionerRole.class;
          case "Organization" -> Organization.class;
          default -> null;
        };
    if (type == null || reference.getReferenceElement().isAbsolute()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          repository.read(type, reference.getReferenceElement().toUnqualifiedVersionless()));
    } catch (ResourceNotFoundException | ResourceGoneException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> name(IBaseResource resource) {
    return switch (resource.fhirType()) {
      case "Practitioner" ->
          Optional.of(((Practitioner) resource).getNameFirstRep().getNameAsSingleString());
      case "PractitionerRole" -> {
        PractitionerRole role = (PractitionerRole) resource;
        yield Stream.of(role.getPractitioner(), role.getOrganization())
            .map(Reference::getDisplay)
            .filter(display -> display != null)
            .findFirst();
      }
      case "Organization" -> Optional.ofNullable(((Organization) resource).getName());
      default -> Optional.empty();
    };
  }
}
