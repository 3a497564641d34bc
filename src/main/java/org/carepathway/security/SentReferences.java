package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.IResourceSupportedSvc;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.fhir.NothingHere;
import org.carepathway.fhir.Refusal;
import org.carepathway.security.Sight.Found;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * What others may refer to: what is there and in sight. An address of this service becomes a
 * relative reference, as R4 says that both mean the same.
 *
 * <p>A reference to a version is kept where R4 expects one, in Provenance. Elsewhere it is refused:
 * forms and rules read what is current, and to drop the version would change what was sent.
 */
@Component
class SentReferences {

  private static final Set<String> VERSIONED =
      Set.of("Provenance.target", "Provenance.entity.what", "AuditEvent.entity.what");

  private final FhirContext fhirContext;
  private final Sight sight;
  private final PatientsOf patientsOf;
  private final IResourceSupportedSvc stored;

  SentReferences(
      FhirContext fhirContext, Sight sight, PatientsOf patientsOf, IResourceSupportedSvc stored) {
    this.fhirContext = fhirContext;
    this.sight = sight;
    this.patientsOf = patientsOf;
    this.stored = stored;
    fhirContext.getParserOptions().setDontStripVersionsFromReferencesAtPaths(VERSIONED);
  }

  /** Puts what was found in place of a condition. */
  void check(IBaseResource resource, Around around) {
    if (patientsOf.namesOnlyWithin(resource)) {
      throw Refusal.rule(
          resource.fhirType(),
          "Its patient is named only within itself, so that it would be in nobody's record: send the Patient too, or refer to one that is here.");
    }
    fhirContext.newTerser().getAllResourceReferences(resource).stream()
        .filter(found -> found.getResourceReference().getReferenceElement().getValue() != null)
        .forEach(
            found ->
                check(
                    found.getResourceReference(),
                    resource.fhirType() + '.' + found.getName(),
                    around));
  }

  private void check(IBaseReference reference, String path, Around around) {
    String url = around.relative(reference.getReferenceElement().getValue());
    if (!url.equals(reference.getReferenceElement().getValue())) {
      reference.setReference(url);
    }
    IdType id = new IdType(url);
    if (isOfR4(id) && !stored.isSupported(id.getResourceType())) {
      throw new InvalidRequestException(
          "%s refers to '%s', and no %s is kept here; nothing was stored. Leave the reference out, or say in its place what it is by identifier or display."
              .formatted(path, url, id.getResourceType()));
    }
    if (url.contains("?")) {
      condition(reference, url, around);
    } else if (!url.startsWith("urn:") && !url.startsWith("#") && isOfR4(id)) {
      if (id.hasVersionIdPart() && !around.fullUrls().contains(url)) {
        version(id, path, url);
      }
      if (around.hidden().computeIfAbsent(url, one -> sight.hides(id))) {
        throw NothingHere.referred(url);
      }
    }
  }

  private void condition(IBaseReference reference, String url, Around around) {
    String type = url.substring(0, url.indexOf('?'));
    if (!stored.isSupported(type)) {
      throw NothingHere.referred(url);
    }
    String value = Conditions.value(url, "a reference to " + type);
    if (!around.numbers().contains(BundleNumbers.key(type, value))) {
      reference.setReference(
          around.found().computeIfAbsent(url, one -> found(sight.byIdentifier(type, value), one)));
    }
  }

  private boolean isOfR4(IdType id) {
    return id.hasIdPart()
        && fhirContext.getResourceTypes().contains(String.valueOf(id.getResourceType()));
  }

  private void version(IdType id, String path, String url) {
    if (!VERSIONED.contains(path)) {
      throw Refusal.rule(
          path,
          "%s names a version. References here are to what is current: send it without /_history/%s."
              .formatted(url, id.getVersionIdPart()));
    }
    if (!sight.isThere(id)) {
      throw NothingHere.referred(url);
    }
  }

  /** Several are for the store to refuse. */
  private static String found(Found found, String url) {
    if (found.visible().isEmpty()) {
      throw NothingHere.referred(url);
    }
    return found.visible().size() == 1 ? found.visible().get(0) : url;
  }

  /**
   * What a resource came with.
   *
   * @param base the address of this service, as the sender calls it
   * @param numbers what the same Bundle brings, as {@code Type?identifier}
   * @param fullUrls by which its entries refer to each other
   * @param found by which condition what was found
   * @param hidden which references are out of sight
   */
  record Around(
      String base,
      Set<String> numbers,
      Set<String> fullUrls,
      Map<String, String> found,
      Map<String, Boolean> hidden) {

    static Around nothing(String base) {
      return new Around(base, Set.of(), Set.of(), new HashMap<>(), new HashMap<>());
    }

    static Around of(Bundle bundle, String base) {
      return new Around(
          base,
          bundle.getEntry().stream()
              .filter(BundleEntryComponent::hasResource)
              .flatMap(entry -> BundleNumbers.of(entry.getResource()))
              .collect(Collectors.toSet()),
          bundle.getEntry().stream()
              .filter(BundleEntryComponent::hasFullUrl)
              .map(BundleEntryComponent::getFullUrl)
              .collect(Collectors.toSet()),
          new HashMap<>(),
          new HashMap<>());
    }

    private String relative(String url) {
      return base != null && url.startsWith(base + '/') && !fullUrls.contains(url)
          ? url.substring(base.length() + 1)
          : url;
    }
  }
}
