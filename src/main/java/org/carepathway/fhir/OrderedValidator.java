package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Tells errors first: clients show the first. That a resource should have a narrative (dom-6) is no
 * news to anybody. A profile of somebody else that is not at hand is no fault of who claims it;
 * that one of ours is not there is.
 */
final class OrderedValidator extends FhirValidator {

  private static final String NARRATIVE = "dom-6";
  private static final String UNKNOWN_PROFILE = "VALIDATION_VAL_PROFILE_UNKNOWN";

  /** R4 asks it of what is read; what is sent may go without where nothing refers to it. */
  private static final Set<String> WITHOUT_FULL_URL =
      Set.of("BUNDLE_BUNDLE_ENTRY_NOFULLURL", "BUNDLE_BUNDLE_FULLURL_MISSING");

  private static final String OURS = "https://carepathway.org/fhir/";

  private final FhirContext fhirContext;
  private final CheckTime time;

  OrderedValidator(FhirContext fhirContext, CheckTime time) {
    super(fhirContext);
    this.time = time;
    this.fhirContext = fhirContext;
  }

  @Override
  public ValidationResult validateWithResult(String resource, ValidationOptions options) {
    return checked(() -> super.validateWithResult(resource, options));
  }

  @Override
  public ValidationResult validateWithResult(IBaseResource resource, ValidationOptions options) {
    return checked(() -> super.validateWithResult(resource, options));
  }

  /**
   * HAPI goes down element by element, and letter by letter in some texts, until the stack has an
   * end.
   */
  private ValidationResult checked(Supplier<ValidationResult> check) {
    time.begin();
    try {
      return ordered(check.get());
    } catch (StackOverflowError e) {
      throw CheckTime.tooMuch("Resource");
    } finally {
      time.end();
    }
  }

  private ValidationResult ordered(ValidationResult result) {
    return new ValidationResult(
        fhirContext,
        result.getMessages().stream()
            .filter(message -> !String.valueOf(message.getMessage()).contains(NARRATIVE))
            .filter(message -> !WITHOUT_FULL_URL.contains(id(message)))
            .map(OrderedValidator::withoutForeignProfiles)
            .sorted(Comparator.comparing(SingleValidationMessage::getSeverity).reversed())
            .toList());
  }

  private static String id(SingleValidationMessage message) {
    return String.valueOf(message.getMessageId()).toUpperCase(Locale.ROOT);
  }

  private static SingleValidationMessage withoutForeignProfiles(SingleValidationMessage message) {
    if (id(message).startsWith(UNKNOWN_PROFILE)
        && !String.valueOf(message.getMessage()).contains(OURS)) {
      message.setSeverity(ResultSeverityEnum.INFORMATION);
      message.setMessage(
          "This profile is not known here: it is kept as it was sent, and not checked. "
              + message.getMessage());
    }
    return message;
  }
}
