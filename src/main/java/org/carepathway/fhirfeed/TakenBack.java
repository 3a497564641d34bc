package org.carepathway.fhirfeed;

import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Resource;

/** What counts no more because the EHR that said it does not have it any more. */
final class TakenBack {

  private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";
  private static final String ERROR = "entered-in-error";

  private TakenBack() {}

  /** The same as entered in error. R4 ait-2, con-5: such a one has no clinical status. */
  static Resource of(Resource resource) {
    Resource back = resource.copy();
    if (back instanceof AllergyIntolerance allergy) {
      allergy.setClinicalStatus(null);
      allergy.setVerificationStatus(verification("allergyintolerance-verification"));
    } else if (back instanceof Condition condition) {
      condition.setClinicalStatus(null);
      condition.setVerificationStatus(verification("condition-ver-status"));
    } else {
      back.setProperty("status", new CodeType(ERROR));
    }
    return back;
  }

  static boolean is(Resource resource) {
    if (resource instanceof AllergyIntolerance allergy) {
      return isError(allergy.getVerificationStatus());
    }
    return resource instanceof Condition condition
        ? isError(condition.getVerificationStatus())
        : resource.getNamedProperty("status").getValues().stream()
            .anyMatch(status -> ERROR.equals(status.primitiveValue()));
  }

  private static boolean isError(CodeableConcept verification) {
    return verification.getCoding().stream().anyMatch(coding -> ERROR.equals(coding.getCode()));
  }

  private static CodeableConcept verification(String system) {
    return new CodeableConcept(new Coding(TERMINOLOGY + system, ERROR, null));
  }
}
