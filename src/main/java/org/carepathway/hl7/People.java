package org.carepathway.hl7;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.hl7.Conversions.Source;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** Who somebody is and where: XPN, XAD, XTN, XCN and PL. */
final class People {

  private static final int DAY = "yyyyMMdd".length();

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
    mapped("name-use", field.component(7))
        .ifPresent(use -> name.setUse(HumanName.NameUse.fromCode(use)));
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
    if (address.isEmpty()) {
      return null;
    }
    mapped("address-use", field.component(7))
        .ifPresent(use -> address.setUse(Address.AddressUse.fromCode(use)));
    end(field).ifPresent(end -> address.getPeriod().setEndElement(end));
    return address;
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
    String equipment = field.component(3);
    boolean isMail = number == null && mail != null || isMail(equipment);
    ContactPoint contact = new ContactPoint();
    contact.setValue(isMail && mail != null ? mail : number);
    contact.setSystem(
        isMail
            ? ContactPointSystem.EMAIL
            : mapped("contact-system", equipment)
                .map(ContactPointSystem::fromCode)
                .orElse(ContactPointSystem.PHONE));
    contact.setUse(
        "CP".equals(equipment)
            ? ContactPointUse.MOBILE
            : ContactPointUse.fromCode(
                mapped("contact-use", field.component(2)).orElse(source.argument())));
    end(field).ifPresent(end -> contact.getPeriod().setEndElement(end));
    return contact.hasValue() ? contact : null;
  }

  private boolean isMail(String equipment) {
    return mapped("contact-system", equipment).filter("email"::equals).isPresent();
  }

  /** The code of FHIR for one of a table; empty where the table is silent. */
  private Optional<String> mapped(String table, String code) {
    return code == null
        ? Optional.empty()
        : Optional.ofNullable(maps.get(table)).flatMap(map -> map.find(code)).map(Coding::getCode);
  }

  /** XAD-14 and XTN-14: the day on which it ends; a text that is no day says nothing. */
  private static Optional<DateTimeType> end(Hl7Field field) {
    String text = field.component(14);
    if (text == null || text.length() < DAY) {
      return Optional.empty();
    }
    try {
      LocalDate day = LocalDate.parse(text.substring(0, DAY), DateTimeFormatter.BASIC_ISO_DATE);
      return Optional.of(new DateTimeType(day.toString()));
    } catch (DateTimeParseException noDay) {
      return Optional.empty();
    }
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
    return place == null
        ? null
        : new Reference()
            .setDisplay(place)
            .setIdentifier(
                new Identifier()
                    .setType(new CodeableConcept().setText("PL"))
                    .setValue(
                        "%s^%s^%s"
                            .formatted(
                                said(field.component(1)),
                                said(field.component(2)),
                                said(field.component(3)))));
  }

  private static String said(String component) {
    return component == null ? "" : component.replace("^", " ");
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
