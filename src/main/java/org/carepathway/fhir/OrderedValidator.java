package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.Comparator;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Tells errors first: clients show the first. That a resource should have a narrative (dom-6) is no
 * news to anybody.
 */
final class OrderedValidator extends FhirValidator {

  private static final String NARRATIVE = "dom-6";

  private final FhirContext fhirContext;

  OrderedValidator(FhirContext fhirContext) {
    super(fhirContext);
    this.fhirContext = fhirContext;
  }

  @Override
  public ValidationResult validateWithResult(String resource, ValidationOptions options) {
    return ordered(super.validateWithResult(resource, options));
  }

  @Override
  public ValidationResult validateWithResult(IBaseResource resource, ValidationOptions options) {
    return ordered(super.validateWithResult(resource, options));
  }

  private ValidationResult ordered(ValidationResult result) {
    return new ValidationResult(
        fhirContext,
        result.getMessages().stream()
            .filter(message -> !String.valueOf(message.getMessage()).contains(NARRATIVE))
            .sorted(Comparator.comparing(SingleValidationMessage::getSeverity).reversed())
            .toList());
  }
}
