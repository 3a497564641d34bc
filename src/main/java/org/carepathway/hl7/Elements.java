package org.carepathway.hl7;

import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** An element of a resource, by its path of one or two names. */
final class Elements {

  private static final String NUMBERS = "identifier";

  private final Resource resource;
  private final String first;
  private final String second;

  Elements(Resource resource, String path) {
    String[] names = path.split("\\.");
    this.resource = resource;
    this.first = names[0];
    this.second = names.length > 1 ? names[1] : null;
  }

  boolean isList() {
    return resource.getNamedProperty(first).isList();
  }

  /**
   * Before the first value of a message: what was said before is replaced, but numbers are kept.
   */
  void begin(Set<String> begun) {
    if (isList() && !first.equals(NUMBERS) && begun.add("list " + first)) {
      clear();
    }
  }

  void clear() {
    Property property = resource.getNamedProperty(first);
    java.util.List.copyOf(property.getValues())
        .forEach(value -> resource.removeChild(property.getName(), value));
  }

  void add(Type value) {
    if (first.equals(NUMBERS) && isKnown((Identifier) value)) {
      return;
    }
    if (second == null) {
      resource.setProperty(first, value);
    } else {
      child().setProperty(second, value);
    }
  }

  private Base child() {
    Property property = resource.getNamedProperty(first);
    return property.isList() || !property.hasValues()
        ? resource.addChild(first)
        : property.getValues().get(0);
  }

  private boolean isKnown(Identifier number) {
    return resource.getNamedProperty(NUMBERS).getValues().stream()
        .map(Identifier.class::cast)
        .anyMatch(
            known ->
                number.getValue().equals(known.getValue())
                    && java.util.Objects.equals(number.getSystem(), known.getSystem()));
  }
}
