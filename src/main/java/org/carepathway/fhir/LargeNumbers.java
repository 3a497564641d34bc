package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Property;

/** Finds a number that is too large in what was read, at any depth, also in extensions. */
final class LargeNumbers {

  private LargeNumbers() {}

  /**
   * @throws UnprocessableEntityException (422) that names where it is
   */
  static void refuse(Base element) {
    Optional<String> tooLarge = in(element);
    if (tooLarge.isPresent()) {
      throw refused(tooLarge.get());
    }
  }

  static UnprocessableEntityException refused(String path) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.ERROR)
        .setCode(IssueType.VALUE)
        .setDiagnostics("%s: %s".formatted(path, NumberLimit.RULE))
        .addExpression(path);
    return new UnprocessableEntityException(NumberLimit.RULE, outcome);
  }

  /** The path of the first one, such as {@code Observation.value.value}. */
  static Optional<String> in(Base element) {
    return in(element, element.fhirType());
  }

  private static Optional<String> in(Base element, String path) {
    if (element instanceof DecimalType number
        && number.hasValue()
        && !NumberLimit.allows(number.getValue())) {
      return Optional.of(path);
    }
    for (Property property : element.children()) {
      boolean many = property.isList();
      for (int i = 0; i < property.getValues().size(); i++) {
        String name = property.getName().replace("[x]", "");
        Optional<String> found =
            in(property.getValues().get(i), path + '.' + name + (many ? "[" + i + "]" : ""));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
