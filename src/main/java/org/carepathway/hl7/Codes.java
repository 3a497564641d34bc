package org.carepathway.hl7;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;

/** Codes, units and numbers of things: CE, CWE, CX and EI. */
final class Codes {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String UCUM = "http://unitsofmeasure.org";

  private final Systems systems;
  private final Map<String, CodeMap> maps;

  Codes(Systems systems, Map<String, CodeMap> maps) {
    this.systems = systems;
    this.maps = maps;
  }

  Identifier identifier(Source source) {
    Hl7Field field = source.field();
    Identifier identifier = new Identifier().setValue(field.component(1));
    // CX has its authority in the fourth component, EI in the second to fourth.
    boolean isEntity = source.argument().startsWith("EI");
    identifier.setSystem(
        isEntity
            ? systems.ofNumbers(field.component(2), field.component(3), field.component(4))
            : systems.ofNumbers(field.part(4, 1), field.part(4, 2), field.part(4, 3)));
    String type =
        isEntity ? source.argument().replaceFirst("EI:?", "") : String.valueOf(field.component(5));
    if (!type.isEmpty() && !type.equals("null")) {
      identifier.getType().addCoding().setSystem(IDENTIFIER_TYPES).setCode(type);
    }
    return identifier.hasValue() ? identifier : null;
  }

  /** The sender's codes stay; a code map adds what they are called elsewhere. */
  CodeableConcept concept(Source source) {
    Hl7Field field = source.field();
    CodeableConcept concept = new CodeableConcept();
    for (int first : new int[] {1, 4}) {
      String code = field.component(first);
      if (code != null && (field.component(first + 2) != null || first == 1)) {
        String name = field.component(first + 2);
        mapped(source.argument(), code, name).forEach(concept::addCoding);
        if (name != null) {
          concept.addCoding(new Coding(systems.ofCodes(name), code, field.component(first + 1)));
        }
      }
    }
    String text =
        Stream.of(field.component(9), field.component(2), field.component(5), field.component(1))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return text == null ? null : concept.setText(text);
  }

  private Stream<Coding> mapped(String map, String code, String system) {
    return map.isEmpty()
        ? Stream.empty()
        : maps
            .get(map)
            .find(system == null ? code : code + '^' + system)
            .or(() -> maps.get(map).find(code))
            .stream();
  }

  /** Of a code map; one that it does not know is refused. */
  Coding coding(Source source) {
    return maps.get(source.argument()).require(source.field(), source.field().text());
  }

  /** A unit is UCUM where the sender says so or the map of units knows it. */
  Coding unit(Hl7Field field) {
    String code = field.component(1);
    boolean isUcum = "UCUM".equals(field.component(3));
    Coding unit =
        isUcum ? new Coding(UCUM, code, null) : maps.get("unit").find(code).orElse(new Coding());
    return unit.setDisplay(field.component(2) == null ? code : field.component(2));
  }
}
