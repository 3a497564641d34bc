package org.carepathway.hl7;

import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Reference;

/** Who somebody is and where: XPN, XAD, XTN, XCN and PL. */
final class People {

  private final Systems systems;
  private final Map<String, CodeMap> maps;

  People(Systems systems, Map<String, CodeMap> maps) {
    this.systems = systems;
    this.maps = maps;
  }

  HumanName name(Source source) {
    Hl7Field field = source.field();
    HumanName name = new HumanName().setFamily(field.part(1, 1));
    add(field.component(2), name::addGiven);
    add(field.component(3), name::addGiven);
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

  Address address(Source source) {
    Hl7Field field = source.field();
    Address address = new Address();
    add(field.part(1, 1), address::addLine);
    add(field.component(2), address::addLine);
    address.setCity(field.component(3));
    address.setState(field.component(4));
    address.setPostalCode(field.component(5));
    address.setCountry(field.component(6));
    address.setDistrict(field.component(9));
    return address.isEmpty() ? null : address;
  }

  /** Up to 2.6 the number may be in the first component, as people write it. */
  ContactPoint contact(Source source) {
    Hl7Field field = source.field();
    String mail = field.component(4);
    String parts = joined(" ", field.component(5), field.component(6), field.component(7));
    String number =
        Stream.of(field.component(12), field.component(1), parts)
            .filter(Objects::nonNull)
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

  /** XCN: by name, and by number where its authority is said; staff are not stored here. */
  Reference person(Source source) {
    Hl7Field field = source.field();
    String name = joined(" ", field.component(6), field.component(3), field.part(2, 1));
    Reference person = new Reference();
    person.setDisplay(name == null ? field.component(1) : name);
    String system = systems.ofNumbers(field.part(9, 1), field.part(9, 2), field.part(9, 3));
    if (field.component(1) != null && system != null) {
      person.getIdentifier().setSystem(system).setValue(field.component(1));
    }
    return person.hasDisplay() ? person : null;
  }

  /** XPN of somebody who is not stored here. */
  Reference nameOfPerson(Source source) {
    HumanName name = name(source);
    return name == null ? null : new Reference().setDisplay(name.getNameAsSingleString());
  }

  /** PL: ward, room, bed, facility in words. */
  Reference place(Source source) {
    Hl7Field field = source.field();
    String place =
        joined(", ", field.part(4, 1), field.component(1), field.component(2), field.component(3));
    return place == null ? null : new Reference().setDisplay(place);
  }

  /** Null where all are. */
  private static String joined(String between, String... parts) {
    String text = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(between));
    return text.isEmpty() ? null : text;
  }

  private static void add(String text, Consumer<String> to) {
    if (text != null) {
      to.accept(text);
    }
  }
}
