package org.carepathway.hl7;

import ca.uhn.hl7v2.model.Composite;
import ca.uhn.hl7v2.model.DataTypeException;
import ca.uhn.hl7v2.model.GenericPrimitive;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.Varies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;

/**
 * The tables that say what of a message becomes what of a resource (docs/ehr.md). They are checked
 * when they are read: what names no field, element, conversion or code map is told with file, row
 * and remedy.
 */
final class Mapping {

  static final String FILE = "segments.csv";

  private static final Pattern FIELD =
      Pattern.compile("([A-Z][A-Z0-9]{2})-(\\d{1,2})(?:\\.(\\d{1,2}))?");
  private static final List<String> ALWAYS =
      List.of("unit", "name-use", "address-use", "contact-system", "contact-use");

  private final Map<String, List<MappingRow>> rows;
  private final Map<String, CodeMap> maps;
  private final Systems systems;
  private final Codes codes;
  private final Conversions conversions;

  private Mapping(Map<String, List<MappingRow>> rows, Map<String, CodeMap> maps, Systems systems) {
    this.rows = rows;
    this.maps = maps;
    this.systems = systems;
    this.codes = new Codes(systems, maps);
    this.conversions = new Conversions(codes, new People(systems, maps));
  }

  /**
   * @throws org.carepathway.startup.StartUpException naming file, row and remedy
   */
  static Mapping read(MappingFiles files) {
    Map<String, CodeMap> maps = new HashMap<>();
    ALWAYS.forEach(name -> maps.put(name, CodeMap.of(files, name)));
    Map<String, List<MappingRow>> rows = new HashMap<>();
    for (CSVRecord line : files.read(FILE)) {
      String where = "%s row %d".formatted(files.path(FILE), line.getRecordNumber());
      MappingProblem.require(
          line.isConsistent(), where, "A row has the columns resource,field,to,as,guide,reason.");
      MappingRow row = row(line, where);
      rows.computeIfAbsent(row.resource(), type -> new ArrayList<>()).add(row);
      if (!row.argument().isEmpty() && needsMap(row)) {
        MappingProblem.require(
            files.has("codes/" + row.argument() + ".csv"),
            where,
            "There is no codes/%s.csv; add the file or correct the column 'as'."
                .formatted(row.argument()));
        maps.computeIfAbsent(row.argument(), name -> CodeMap.of(files, name));
      }
    }
    Mapping mapping = new Mapping(rows, maps, Systems.of(files));
    rows.values().forEach(all -> all.forEach(mapping::check));
    return mapping;
  }

  private static boolean needsMap(MappingRow row) {
    return Set.of("code", "boolean", "Coding", "CodeableConcept").contains(row.conversion());
  }

  private static MappingRow row(CSVRecord line, String where) {
    Matcher field = FIELD.matcher(line.get("field"));
    MappingProblem.require(
        field.matches(),
        where,
        "The column 'field' is a field or component, such as PID-5 or PV1-3.4.");
    MappingProblem.require(
        line.get("guide").equals("=") || !line.get("reason").isEmpty(),
        where,
        "A row that differs from HL7's v2-to-FHIR guide says why in the column 'reason'.");
    return new MappingRow(
        line.get("resource"),
        field.group(1),
        Integer.parseInt(field.group(2)),
        field.group(3) == null ? 0 : Integer.parseInt(field.group(3)),
        line.get("to"),
        line.get("as"),
        where);
  }

  private void check(MappingRow row) {
    MappingProblem.require(
        conversions.find(row.conversion()) != null,
        row.where(),
        "There is no conversion '%s'; see docs/ehr.md for those there are."
            .formatted(row.conversion()));
    try {
      Base at = ResourceFactory.createResource(row.resource());
      String[] names = row.to().split("\\.");
      for (int i = 0; i < names.length; i++) {
        Property property = at == null ? null : at.getNamedProperty(names[i]);
        MappingProblem.require(
            property != null,
            row.where(),
            "%s has no element '%s'; correct the column 'to'.".formatted(row.resource(), row.to()));
        at = i == names.length - 1 ? null : at.addChild(names[i]);
      }
    } catch (FHIRException e) {
      throw MappingProblem.at(
          row.where(), "There is no resource '%s' with this element.".formatted(row.resource()));
    }
  }

  Codes codes() {
    return codes;
  }

  Systems systems() {
    return systems;
  }

  /** A code map that a recipe needs, whatever the rows say. */
  CodeMap codes(String name) {
    return maps.get(name);
  }

  /**
   * Writes what the segments say into a resource. What they say of an element replaces what was
   * there; numbers are added to those that are known; of what they are silent, all stays.
   */
  void fill(Resource resource, Collection<Hl7Segment> segments, Times times) {
    List<MappingRow> all = rows.getOrDefault(resource.fhirType(), List.of());
    Filling filling = new Filling(resource, all, conversions, times);
    for (MappingRow row : all) {
      for (Hl7Segment segment : segments) {
        if (segment.name().equals(row.segment())) {
          segment.field(row.field()).forEach(field -> filling.take(row, segment, field));
        }
      }
    }
  }

  static Hl7Field part(Hl7Field field, int component) {
    Type type = field.type();
    Type part = type instanceof Varies varies ? varies.getData() : type;
    Place place = field.place();
    Place at = new Place(place.segment(), place.occurrence(), place.field(), component);
    if (part instanceof Composite composite) {
      try {
        return new Hl7Field(composite.getComponent(component - 1), field.encoding(), at);
      } catch (DataTypeException e) {
        throw new IllegalStateException(e);
      }
    }
    return component == 1
        ? field
        : new Hl7Field(new GenericPrimitive(type.getMessage()), field.encoding(), at);
  }
}
