package org.carepathway.template;

import java.util.List;
import java.util.Objects;
import org.carepathway.fact.Udi;
import org.hl7.fhir.exceptions.PathEngineException;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.StringType;

/** The function {@code udi('lot')}: what the barcode text of a device says. */
final class UdiPart {

  static final String NAME = "udi";

  private UdiPart() {}

  /**
   * Nothing for a text that is no UDI, or does not say that.
   *
   * @param part {@code issuer}, {@code device}, {@code lot}, {@code serial} or {@code expiry}
   */
  static List<Base> of(List<Base> texts, String part) {
    return texts.stream()
        .filter(Base::isPrimitive)
        .flatMap(text -> Udi.read(text.primitiveValue()).stream())
        .map(udi -> part(udi, part))
        .filter(Objects::nonNull)
        .toList();
  }

  private static Base part(Udi udi, String part) {
    return switch (part) {
      case "issuer" -> text(udi.issuer());
      case "device" -> text(udi.deviceIdentifier());
      case "lot" -> text(udi.lot());
      case "serial" -> text(udi.serial());
      case "expiry" -> udi.expiry() == null ? null : new DateType(udi.expiry().toString());
      default -> throw new PathEngineException(NAME + " has no part '" + part + "'");
    };
  }

  private static Base text(String value) {
    return value == null ? null : new StringType(value);
  }
}
