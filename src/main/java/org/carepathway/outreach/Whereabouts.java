package org.carepathway.outreach;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointUse;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.PrimitiveType;

/**
 * Where a patient is reached by a channel. Everything of a ContactPoint and an Address may be
 * missing: an address that cannot be used is none.
 */
final class Whereabouts {

  private static final String MAIL = "[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\"]+";
  private static final String NUMBER = "\\+?[0-9]{6,15}";

  private Whereabouts() {}

  static Optional<String> of(Patient patient, Channel channel) {
    return switch (channel) {
      case MAIL -> telecom(patient, ContactPointSystem.EMAIL, any -> true);
      case SMS ->
          telecom(patient, ContactPointSystem.SMS, any -> true)
              .or(() -> telecom(patient, ContactPointSystem.PHONE, Whereabouts::isMobile))
              .or(() -> telecom(patient, ContactPointSystem.PHONE, any -> true));
      case LETTER -> postal(patient);
      case PAGER -> Optional.empty();
    };
  }

  private static boolean isMobile(ContactPoint point) {
    return point.getUse() == ContactPointUse.MOBILE;
  }

  /** The number or address without what people write between, if it is one; an old one is none. */
  private static Optional<String> telecom(
      Patient patient, ContactPointSystem system, Predicate<ContactPoint> wanted) {
    boolean mail = system == ContactPointSystem.EMAIL;
    return patient.getTelecom().stream()
        .filter(point -> point.getSystem() == system)
        .filter(point -> point.getUse() != ContactPointUse.OLD && !point.getPeriod().hasEnd())
        .filter(wanted)
        .map(ContactPoint::getValue)
        // What has only an extension, such as data-absent-reason, has no value.
        .filter(Objects::nonNull)
        .map(value -> mail ? value.strip() : value.replaceAll("[\\s()./-]", ""))
        .filter(value -> value.matches(mail ? MAIL : NUMBER))
        .findFirst();
  }

  private static Optional<String> postal(Patient patient) {
    return patient.getAddress().stream()
        .filter(address -> address.getUse() != AddressUse.OLD && !address.getPeriod().hasEnd())
        .filter(address -> address.getCity() != null)
        .filter(address -> address.getLine().stream().anyMatch(PrimitiveType::hasValue))
        .map(Whereabouts::lines)
        .findFirst();
  }

  private static String lines(Address address) {
    String street =
        address.getLine().stream()
            .filter(PrimitiveType::hasValue)
            .map(PrimitiveType::getValue)
            .collect(Collectors.joining("\n"));
    String code = address.getPostalCode() == null ? "" : address.getPostalCode() + ' ';
    return street + '\n' + code + address.getCity();
  }
}
