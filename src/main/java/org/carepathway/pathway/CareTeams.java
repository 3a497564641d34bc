package org.carepathway.pathway;

import ca.uhn.fhir.repository.IRepository;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.fhir.Numbers;
import org.carepathway.security.PatientScope;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/**
 * Which team a referral asks: its performer, by the identifier of system {@value #SYSTEM} that the
 * reference has, or that the Organization has which it refers to.
 */
@Component
class CareTeams {

  private static final String SYSTEM = "https://carepathway.org/fhir/team";

  private final PatientScope scope;
  private final IRepository repository;

  CareTeams(PatientScope scope, IRepository repository) {
    this.scope = scope;
    this.repository = repository;
  }

  /**
   * The teams that the referral names will see the patient; the default team where it names none.
   */
  void assign(String patientId, ServiceRequest referral) {
    List<String> asked = referral.getPerformer().stream().flatMap(this::teams).distinct().toList();
    scope.referred(patientId, asked);
  }

  private Stream<String> teams(Reference performer) {
    IdType id = new IdType(performer.getReference());
    Stream<Identifier> known =
        id.hasIdPart() && "Organization".equals(id.getResourceType())
            ? repository
                .read(Organization.class, id.toUnqualifiedVersionless())
                .getIdentifier()
                .stream()
            : Stream.empty();
    return Stream.concat(Stream.of(performer.getIdentifier()), known)
        .filter(identifier -> SYSTEM.equals(identifier.getSystem()) && Numbers.isGiven(identifier))
        .map(Identifier::getValue);
  }
}
