package org.carepathway.hl7;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/** From a datatype of HL7 v2 to one of FHIR, as HL7's v2-to-FHIR guide does it. */
final class Conversions {

  private static final String IDENTIFIER_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0203";
  private static final String UCUM = "http://unitsofmeasure.org";

  /** Makes a value of a field; null where there is nothing to say. */
  interface Conversion {
    Type of(Source source);
  }

  /**
   * @param segment whose field it is
   * @param argument what the row adds to the name of the conversion
   */
  record Source(Hl7Segment segment, Hl7Field field, String argument, Times times) {}

  private final Systems systems;
  private final Map<String, CodeMap> maps;
  private final Map<String, Conversion> byName = new HashMap<>();

  Conversions(Systems systems, Map<String, CodeMap> maps) {
    this.systems = systems;
    this.maps = maps;
    byName.put("Identifier", this::identifier);
    byName.put("HumanName", this::name);
    byName.put("Address", this::address);
    byName.put("ContactPoint", this::contact);
    byName.put("CodeableConcept", this::concept);
    byName.put(
        "Coding", source -> maps.get(source.argument()).require(source.field(), text(source)));
    byName.put("code", source -> new CodeType(code(source)));
    byName.put("boolean", source -> new BooleanType(code(source)));
    byName.put("date", source -> new DateType(source.times().date(source.field())));
    byName.put("dateTime", source -> new DateTimeType(source.times().fhir(source.field())));
    byName.put("instant", this::instant);
    byName.put("integer", source -> new PositiveIntType(number(source).intValue()));
    byName.put("string", source -> new StringType(source.field().whole()));
    byName.put("Annotation", source -> new Annotation().setText(source.field().whole()));
    byName.put("person", this::person);
    byName.put("name-of-person", this::nameOfPerson);
    byName.put("place", this::place);
    byName.put("value", source -> new ObservationValue(this).of(source));
  }

  Conversion find(String name) {
    return byName.get(name);
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

  private HumanName name(Source source) {
    Hl7Field field = source.field();
    HumanName name = new HumanName().setFamily(field.part(1, 1));
    IntStream.of(2, 3)
        .mapToObj(field::component)
        .filter(given -> given != null)
        .forEach(name::addGiven);
    add(field.component(4), name::addSuffix);
    add(field.component(5), name::addPrefix);
    String use = field.component(7);
    if (use != null && maps.containsKey("name-use")) {
      maps.get("name-use")
          .find(use)
          .ifPresent(code -> name.setUse(HumanName.NameUse.fromCode(code.getCode())));
    }
    return name.isEmpty() ? null : name;
  }

  private Address address(Source source) {
    Hl7Field field = source.field();
    Address address = new Address();
    Stream.of(field.part(1, 1), field.component(2)).forEach(line -> add(line, address::addLine));
    address.setCity(field.component(3));
    address.setState(field.component(4));
    address.setPostalCode(field.component(5));
    address.setCountry(field.component(6));
    address.setDistrict(field.component(9));
    return address.isEmpty() ? null : address;
  }

  /** Up to 2.6 the number may be in the first component, as people write it. */
  private ContactPoint contact(Source source) {
    Hl7Field field = source.field();
    String mail = field.component(4);
    String number =
        Stream.of(field.component(12), field.component(1), parts(field))
            .filter(text -> text != null)
            .findFirst()
            .orElse(null);
    boolean isMail = "Internet".equals(field.component(3)) || number == null && mail != null;
    ContactPoint contact = new ContactPoint();
    contact.setValue(isMail && mail != null ? mail : number);
    contact.setSystem(
        isMail ? ContactPoint.ContactPointSystem.EMAIL : ContactPoint.ContactPointSystem.PHONE);
    boolean isMobile = "CP".equals(field.component(3)) || "PRS".equals(field.component(2));
    contact.setUse(
        isMobile
            ? ContactPoint.ContactPointUse.MOBILE
            : ContactPoint.ContactPointUse.fromCode(source.argument()));
    return contact.hasValue() ? contact : null;
  }

  private static String parts(Hl7Field field) {
    String parts =
        String.join(
            " ",
            Stream.of(field.component(5), field.component(6), field.component(7))
                .filter(part -> part != null)
                .toList());
    return parts.isEmpty() ? null : parts;
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
            .filter(words -> words != null)
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

  /** A unit is UCUM where the sender says so or the map of units knows it. */
  Coding unit(Hl7Field field) {
    String code = field.component(1);
    boolean isUcum = "UCUM".equals(field.component(3));
    Coding unit =
        isUcum ? new Coding(UCUM, code, null) : maps.get("unit").find(code).orElse(new Coding());
    return unit.setDisplay(field.component(2) == null ? code : field.component(2));
  }

  BigDecimal number(Source source) {
    try {
      return new BigDecimal(String.valueOf(text(source)));
    } catch (NumberFormatException e) {
      throw source.field().refusal(Hl7Refusal.Fault.TYPE, "This is no number");
    }
  }

  private InstantType instant(Source source) {
    return source
        .times()
        .instant(source.field())
        .map(
            time ->
                new InstantType(time.toString().replaceFirst("(T\\d\\d:\\d\\d)([Z+-])", "$1:00$2")))
        .orElseThrow(() -> source.field().refusal(Hl7Refusal.Fault.TYPE, "This is no time"));
  }

  private String code(Source source) {
    return maps.get(source.argument()).require(source.field(), text(source)).getCode();
  }

  private static String text(Source source) {
    return source.field().text();
  }

  /** XCN: by name, and by number where its authority is said; staff are not stored here. */
  private Reference person(Source source) {
    Hl7Field field = source.field();
    String display =
        String.join(
            " ",
            Stream.of(field.component(6), field.component(3), field.part(2, 1))
                .filter(part -> part != null)
                .toList());
    Reference person = new Reference();
    person.setDisplay(display.isEmpty() ? field.component(1) : display);
    String system = systems.ofNumbers(field.part(9, 1), field.part(9, 2), field.part(9, 3));
    if (field.component(1) != null && system != null) {
      person.getIdentifier().setSystem(system).setValue(field.component(1));
    }
    return person.hasDisplay() ? person : null;
  }

  /** XPN of somebody who is not stored here. */
  private Reference nameOfPerson(Source source) {
    HumanName name = name(source);
    return name == null ? null : new Reference().setDisplay(name.getNameAsSingleString());
  }

  /** PL: ward, room, bed, facility in words. */
  private Reference place(Source source) {
    Hl7Field field = source.field();
    String display =
        String.join(
            ", ",
            Stream.of(field.part(4, 1), field.component(1), field.component(2), field.component(3))
                .filter(part -> part != null)
                .toList());
    return display.isEmpty() ? null : new Reference().setDisplay(display);
  }

  private static void add(String text, java.util.function.Consumer<String> to) {
    if (text != null) {
      to.accept(text);
    }
  }
}
