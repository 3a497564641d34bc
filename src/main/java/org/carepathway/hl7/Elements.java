package org.carepathway.hl7;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
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

  /** Numbers are added to those that are known: no message takes one away. */
  boolean areNumbers() {
    return first.equals(NUMBERS);
  }

  /** Of what is there once, such as a period, the other parts stay. */
  void remove(Predicate<Base> which) {
    if (isList() || second == null) {
      remove(resource, first, which);
    } else {
      resource.getNamedProperty(first).getValues().forEach(value -> remove(value, second, which));
    }
  }

  private static void remove(Base from, String name, Predicate<Base> which) {
    Property property = from.getNamedProperty(name);
    List.copyOf(property.getValues()).stream()
        .filter(which)
        .forEach(value -> from.removeChild(property.getName(), value));
  }

  /**
   * @return what now holds it
   */
  Base add(Type value) {
    Optional<Base> known = areNumbers() ? known((Identifier) value) : Optional.empty();
    if (known.isPresent()) {
      return known.get();
    }
    if (second == null) {
      resource.setProperty(first, value);
      return value;
    }
    Base child = child();
    child.setProperty(second, value);
    return child;
  }

  private Base child() {
    Property property = resource.getNamedProperty(first);
    return property.isList() || !property.hasValues()
        ? resource.addChild(first)
        : property.getValues().get(0);
  }

  private Optional<Base> known(Identifier number) {
    return resource.getNamedProperty(NUMBERS).getValues().stream()
        .filter(
            known ->
                number.getValue().equals(((Identifier) known).getValue())
                    && Objects.equals(number.getSystem(), ((Identifier) known).getSystem()))
        .findFirst();
  }
}
