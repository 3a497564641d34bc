package org.carepathway.fhirfeed;

import java.util.Objects;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;

/**
 * Who a patient is, as an EHR says it. What it does not say stays as it is known here; a death is
 * taken back by a person only.
 */
final class Demographics {

  private Demographics() {}

  static void take(Patient said, Patient known) {
    if (said.hasName()) {
      known.setName(said.getName());
    }
    if (said.hasBirthDate()) {
      known.setBirthDateElement(said.getBirthDateElement());
    }
    if (said.hasGender()) {
      known.setGenderElement(said.getGenderElement());
    }
    if (said.hasAddress()) {
      known.setAddress(said.getAddress());
    }
    if (said.hasTelecom()) {
      known.setTelecom(said.getTelecom());
    }
    if (said.hasMaritalStatus()) {
      known.setMaritalStatus(said.getMaritalStatus());
    }
    if (said.hasCommunication()) {
      known.setCommunication(said.getCommunication());
    }
    if (said.hasDeceasedDateTimeType()
        || said.hasDeceasedBooleanType() && said.getDeceasedBooleanType().booleanValue()) {
      known.setDeceased(said.getDeceased());
    }
    said.getIdentifier().stream()
        .filter(Numbers::isGiven)
        .filter(number -> known.getIdentifier().stream().noneMatch(one -> isSame(one, number)))
        .forEach(number -> known.addIdentifier(number.copy().setAssigner(null)));
  }

  private static boolean isSame(Identifier one, Identifier other) {
    return Objects.equals(one.getSystem(), other.getSystem())
        && Objects.equals(one.getValue(), other.getValue());
  }
}
