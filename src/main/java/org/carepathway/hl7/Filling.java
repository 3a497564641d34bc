package org.carepathway.hl7;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Type;

/** Writes what a message says, row by row, into one resource. */
final class Filling {

  private final Resource resource;
  private final List<MappingRow> rows;
  private final Conversions conversions;
  private final Times times;
  private final Set<String> begun = new HashSet<>();
  private final Set<Base> said = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param rows all of this type of resource
   */
  Filling(Resource resource, List<MappingRow> rows, Conversions conversions, Times times) {
    this.resource = resource;
    this.rows = rows;
    this.conversions = conversions;
    this.times = times;
  }

  /** One repetition of the field of a row. */
  void take(MappingRow row, Hl7Segment segment, Hl7Field whole) {
    Hl7Field field = row.component() == 0 ? whole : Mapping.part(whole, row.component());
    Elements elements = new Elements(resource, row.to());
    if (field.isDeleted()) {
      replace(row, elements);
    } else if (!field.isEmpty() && (elements.isList() || !begun.contains(row.to()))) {
      Type value =
          conversions.find(row.conversion()).of(new Source(segment, field, row.argument(), times));
      if (value != null) {
        if (begun.add(row.to() + ' ' + row.argument())) {
          replace(row, elements);
        }
        begun.add(row.to());
        add(elements, value);
      }
    }
  }

  /** What was known goes; what this message says in another field stays. */
  private void replace(MappingRow row, Elements elements) {
    if (!elements.areNumbers() && (elements.isList() || !begun.contains(row.to()))) {
      elements.remove(known -> !said.contains(known) && isOf(row, known));
    }
  }

  /** The same phone in two fields is one. */
  private void add(Elements elements, Type value) {
    if (!(value instanceof ContactPoint) || said.stream().noneMatch(value::equalsDeep)) {
      said.add(elements.add(value));
    }
  }

  /**
   * Whether a value comes of this row: the phone at work is not that of the field for the one at
   * home. One whose use no row has is of the first.
   */
  private boolean isOf(MappingRow row, Base value) {
    Property property = value.getNamedProperty("use");
    String use =
        property == null || !property.hasValues()
            ? null
            : property.getValues().get(0).primitiveValue();
    List<String> all =
        rows.stream()
            .filter(other -> other.to().equals(row.to()))
            .map(MappingRow::argument)
            .toList();
    return all.contains(use) ? row.argument().equals(use) : row.argument().equals(all.get(0));
  }
}
