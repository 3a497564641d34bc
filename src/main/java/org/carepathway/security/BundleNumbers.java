package org.carepathway.security;

import ca.uhn.fhir.util.UrlUtil;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** The identifiers of what a Bundle brings, by which its other entries may refer to it. */
final class BundleNumbers {

  private BundleNumbers() {}

  static Stream<String> of(Resource resource) {
    Property numbers = resource.getNamedProperty("identifier");
    return numbers == null
        ? Stream.empty()
        : numbers.getValues().stream()
            .filter(Identifier.class::isInstance)
            .map(Identifier.class::cast)
            .map(number -> key(resource.fhirType(), number.getSystem() + '|' + number.getValue()));
  }

  /**
   * @param identifier {@code system|value}, as it may stand in an address
   */
  static String key(String type, String identifier) {
    return type + '?' + UrlUtil.unescape(identifier);
  }
}
