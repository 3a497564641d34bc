package org.carepathway.subscription;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.carepathway.security.Mandate;
import org.carepathway.security.Mandates;
import org.carepathway.security.PatientsOf;
import org.carepathway.security.Readable;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** What of the events of a subscription its owner may read at this moment, as the door would. */
@Component
class InSight {

  private final IRepository repository;
  private final FhirContext fhirContext;
  private final Mandates mandates;
  private final Readable readable;
  private final PatientsOf patients;
  private final SubscriberSettings settings;
  private final Clock clock;

  InSight(
      IRepository repository,
      FhirContext fhirContext,
      Mandates mandates,
      Readable readable,
      PatientsOf patients,
      SubscriberSettings settings,
      Clock clock) {
    this.repository = repository;
    this.fhirContext = fhirContext;
    this.mandates = mandates;
    this.readable = readable;
    this.patients = patients;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Whether the owner's rights count at all: a system that never comes may have been locked out.
   */
  boolean isKnown(Kept kept) {
    Mandate owner = kept.owner();
    boolean fresh =
        !owner.byToken() || kept.seenAt().plus(settings.knownFor()).isAfter(clock.instant());
    return fresh && mandates.under(owner, () -> true).isPresent();
  }

  /**
   * What has changed, as it is now.
   *
   * @return by {@code Type/id}; what is out of sight is not in it
   */
  Map<String, Resource> of(Kept kept, List<Event> events) {
    return isKnown(kept)
        ? mandates.under(kept.owner(), () -> read(events)).orElse(Map.of())
        : Map.of();
  }

  /** As {@link #of}, for who is signed in. */
  Map<String, Resource> read(List<Event> events) {
    Map<String, Resource> found = new LinkedHashMap<>();
    events.stream()
        .map(Event::focus)
        .distinct()
        .forEach(
            focus ->
                read(focus)
                    .filter(readable::resource)
                    .ifPresent(resource -> found.put(focus, resource)));
    return found;
  }

  Set<String> patients(Resource resource) {
    return patients.of(resource);
  }

  private Optional<Resource> read(String focus) {
    IdType id = new IdType(focus);
    try {
      return Optional.of(
          (Resource)
              repository.read(
                  fhirContext.getResourceDefinition(id.getResourceType()).getImplementingClass(),
                  id));
    } catch (ResourceNotFoundException | ResourceGoneException notThere) {
      return Optional.empty();
    }
  }
}
