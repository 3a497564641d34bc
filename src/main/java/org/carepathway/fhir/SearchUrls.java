package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;

/** The searches that a resource or Bundle brings along: conditions and conditional references. */
public final class SearchUrls {

  private static final Pattern HALF_ESCAPED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private SearchUrls() {}

  /** With the type in front where they have one. */
  public static List<String> in(FhirContext fhirContext, IBaseResource received) {
    return received instanceof Bundle bundle
        ? bundle.getEntry().stream().flatMap(entry -> in(fhirContext, entry)).toList()
        : references(fhirContext, received).toList();
  }

  /** Whether each % is followed by two hexadecimal digits, as in every address. */
  public static boolean isEscaped(String url) {
    return !HALF_ESCAPED.matcher(url).find();
  }

  /** The references that are to be found by a search. */
  public static Stream<String> references(FhirContext fhirContext, IBaseResource resource) {
    return fhirContext.newTerser().getAllResourceReferences(resource).stream()
        .map(found -> found.getResourceReference().getReferenceElement().getValue())
        .filter(reference -> reference != null && reference.contains("?"));
  }

  private static Stream<String> in(FhirContext fhirContext, BundleEntryComponent entry) {
    Stream<String> own =
        Stream.of(entry.getRequest().getUrl(), entry.getRequest().getIfNoneExist())
            .filter(url -> url != null && url.contains("="));
    return entry.hasResource()
        ? Stream.concat(own, references(fhirContext, entry.getResource()))
        : own;
  }
}
