package org.carepathway.record;

import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * A Provenance that others send says where their own resources come from. It cannot speak of what a
 * step wrote, and belongs to the patient of what it is about: by that it is found and seen.
 */
@Component
class SentProvenance {

  private final RecordIndex index;
  private final ObjectProvider<IRepository> repository;

  SentProvenance(RecordIndex index, ObjectProvider<IRepository> repository) {
    this.index = index;
    this.repository = repository;
  }

  /**
   * @param bundle it came with; empty where it came alone
   */
  void accept(Provenance provenance, Bundle bundle) {
    List<Reference> targets =
        provenance.getTarget().stream().filter(Reference::hasReference).toList();
    index
        .writtenByPathways(targets.stream().map(SentProvenance::id).toList())
        .ifPresent(
            own -> {
              throw Refusal.rule(
                  "Provenance.target",
                  "%s was written by a pathway's step, whose own Provenance says who did it; nothing was stored. Leave this target out."
                      .formatted(own));
            });
    provenance.getExtension().removeIf(one -> Provenances.PATIENT.equals(one.getUrl()));
    targets.stream()
        .map(target -> patient(target, bundle))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(patient -> provenance.addExtension(Provenances.PATIENT, patient));
  }

  private static IdType id(Reference target) {
    return new IdType(target.getReference()).toUnqualifiedVersionless();
  }

  private Optional<Reference> patient(Reference target, Bundle bundle) {
    Optional<Resource> sent =
        bundle.getEntry().stream()
            .filter(entry -> isNamed(entry, target.getReference()))
            .map(BundleEntryComponent::getResource)
            .findFirst();
    if ("Patient".equals(id(target).getResourceType())
        || sent.filter(one -> one.fhirType().equals("Patient")).isPresent()) {
      return Optional.of(new Reference(target.getReference().replaceFirst("/_history/.*", "")));
    }
    return sent.or(() -> read(id(target))).flatMap(SentProvenance::patient);
  }

  private static boolean isNamed(BundleEntryComponent entry, String reference) {
    return reference.equals(entry.getFullUrl())
        || entry.hasResource()
            && reference.equals(
                entry.getResource().fhirType()
                    + '/'
                    + entry.getResource().getIdElement().getIdPart());
  }

  private Optional<Resource> read(IdType id) {
    try {
      return id.hasResourceType() && id.hasIdPart()
          ? Optional.of(
              (Resource)
                  repository
                      .getObject()
                      .read(
                          repository
                              .getObject()
                              .fhirContext()
                              .getResourceDefinition(id.getResourceType())
                              .getImplementingClass(),
                          id))
          : Optional.empty();
    } catch (BaseServerResponseException notThere) {
      return Optional.empty();
    }
  }

  /** Of most types the patient is the subject or the patient. */
  private static Optional<Reference> patient(Resource resource) {
    return Stream.of("patient", "subject", "beneficiary")
        .map(resource::getNamedProperty)
        .flatMap(property -> values(property))
        .filter(Reference.class::isInstance)
        .map(Reference.class::cast)
        .filter(Reference::hasReference)
        .map(reference -> new Reference(reference.getReference()))
        .findFirst();
  }

  private static Stream<Base> values(Property property) {
    return property == null ? Stream.empty() : property.getValues().stream();
  }
}
