package org.carepathway.security;

import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.instance.model.api.IBaseReference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;

/**
 * References between the entries of a Bundle that names them by addresses of another server (R4,
 * bundle.html#references). HAPI follows {@code urn:uuid:} only, so they are renamed to that.
 */
final class BundleLinks {

  private BundleLinks() {}

  static void rename(Bundle bundle, FhirTerser terser) {
    Map<String, String> names = new HashMap<>();
    Map<BundleEntryComponent, String> bases = new HashMap<>();
    for (BundleEntryComponent entry : bundle.getEntry()) {
      String fullUrl = String.valueOf(entry.getFullUrl());
      if (fullUrl.startsWith("http") && entry.hasResource()) {
        bases.put(entry, fullUrl.replaceFirst("[^/]+/[^/]+$", ""));
        names.put(fullUrl, renamed(entry));
      }
    }
    if (!names.isEmpty()) {
      bundle.getEntry().stream()
          .filter(BundleEntryComponent::hasResource)
          .forEach(
              entry ->
                  terser.getAllResourceReferences(entry.getResource()).stream()
                      .map(ResourceReferenceInfo::getResourceReference)
                      .forEach(reference -> follow(reference, bases.get(entry), names)));
    }
  }

  /** What is created gets its id here; what is updated has one. */
  private static String renamed(BundleEntryComponent entry) {
    if (entry.getRequest().getMethod() != HTTPVerb.POST) {
      return entry.getRequest().getUrl();
    }
    String name = "urn:uuid:" + UUID.randomUUID();
    entry.setFullUrl(name);
    entry.getResource().setId((String) null);
    return name;
  }

  private static void follow(IBaseReference reference, String base, Map<String, String> names) {
    String url = reference.getReferenceElement().getValue();
    if (url != null) {
      String name = names.getOrDefault(url, base == null ? null : names.get(base + url));
      if (name != null) {
        reference.setResource(null);
        reference.setReference(name);
      }
    }
  }
}
