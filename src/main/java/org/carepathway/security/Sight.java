package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.IQueryParameterType;
import ca.uhn.fhir.repository.IRepository;
import ca.uhn.fhir.rest.param.TokenParam;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.util.UrlUtil;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.Multimap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.carepathway.fhir.Unreadable;
import org.carepathway.fhir.UnreadableResource;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What is stored and in sight of who is signed in. */
@Component
class Sight {

  /** What a search by identifier takes at most where nothing is wrong. */
  private static final Duration QUICK = Duration.ofMillis(100);

  private final ObjectProvider<IRepository> repository;
  private final FhirContext fhirContext;
  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final LimitSettings limits;

  Sight(
      ObjectProvider<IRepository> repository,
      FhirContext fhirContext,
      FhirRights rights,
      PatientsOf patientsOf,
      LimitSettings limits) {
    this.repository = repository;
    this.fhirContext = fhirContext;
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.limits = limits;
  }

  /** Whether it is there and out of sight. */
  boolean hides(IdType id) {
    String type = id.getResourceType();
    if (rights.scope().seesEveryPatient() && rights.openedFor(Action.READ, type).isEmpty()
        || !patientsOf.isAboutPatients(type)) {
      return false;
    }
    if (type.equals("Patient")) {
      return !isVisible(type, id.getIdPart()) && !rights.scope().isNew(id.getIdPart());
    }
    return read(id.toUnqualifiedVersionless()).filter(found -> !isInSight(found)).isPresent();
  }

  /** Whether it is there and in sight. */
  boolean shows(IdType id) {
    return read(id.toUnqualifiedVersionless()).filter(this::isInSight).isPresent();
  }

  /** Whether it, and this version of it, is there. */
  boolean isThere(IdType version) {
    return read(version.toUnqualified()).isPresent();
  }

  /**
   * What is found by an identifier.
   *
   * @param condition its part behind {@code identifier=}, as it stands in an address
   */
  Found byIdentifier(String type, String condition) {
    String token = UrlUtil.unescape(condition);
    int bar = token.indexOf('|');
    TokenParam identifier =
        bar < 0
            ? new TokenParam(null, token)
            : new TokenParam(token.substring(0, bar), token.substring(bar + 1));
    Multimap<String, List<IQueryParameterType>> query = ArrayListMultimap.create();
    query.put("identifier", List.of(identifier));
    List<Resource> all =
        timed(
            () ->
                repository
                    .getObject()
                    .search(
                        Bundle.class,
                        fhirContext.getResourceDefinition(type).getImplementingClass(),
                        query,
                        Map.of())
                    .getEntry()
                    .stream()
                    .map(BundleEntryComponent::getResource)
                    .toList());
    return new Found(
        all.stream()
            .filter(this::isInSight)
            .map(found -> type + '/' + found.getIdElement().getIdPart())
            .toList(),
        all.size());
  }

  private boolean isInSight(IBaseResource resource) {
    String type = resource.fhirType();
    Set<String> patients = patientsOf.of(resource);
    return patients.isEmpty()
        ? !patientsOf.isAboutPatients(type) || rights.scope().seesEveryPatient()
        : patients.stream().allMatch(patient -> isVisible(type, patient));
  }

  private boolean isVisible(String type, String patient) {
    return rights.isInSight(Action.READ, type, patient);
  }

  private Optional<IBaseResource> read(IdType id) {
    try {
      return Optional.of(
          repository
              .getObject()
              .read(
                  fhirContext.getResourceDefinition(id.getResourceType()).getImplementingClass(),
                  id));
    } catch (UnreadableResource there) {
      return Optional.of(Unreadable.standIn(id));
    } catch (ResourceNotFoundException | ResourceGoneException | InvalidRequestException notThere) {
      return Optional.empty();
    }
  }

  private <T> T timed(Supplier<T> search) {
    return ReadingTime.now(limits.batchReads())
        .map(time -> time.of(QUICK, search))
        .orElseGet(search);
  }

  /**
   * @param visible {@code Type/id} of those in sight
   * @param all how many there are
   */
  record Found(List<String> visible, int all) {

    boolean hasHidden() {
      return visible.size() < all;
    }
  }
}
