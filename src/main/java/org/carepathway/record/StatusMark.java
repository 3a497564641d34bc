package org.carepathway.record;

import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Resource;

/** Sets the status of a resource, of those too that have a verification status instead. */
public final class StatusMark {

  private static final String CLASSIC = "http://terminology.hl7.org/CodeSystem/";

  private StatusMark() {}

  /** With a wrong verification status R4 allows no clinical status (con-5, ait-2). */
  public static void set(Resource resource, String status) {
    if (resource instanceof Condition condition) {
      condition.setClinicalStatus(null).getVerificationStatus().getCoding().clear();
      condition
          .getVerificationStatus()
          .addCoding()
          .setSystem(CLASSIC + "condition-ver-status")
          .setCode(status);
    } else if (resource instanceof AllergyIntolerance allergy) {
      allergy.setClinicalStatus(null).getVerificationStatus().getCoding().clear();
      allergy
          .getVerificationStatus()
          .addCoding()
          .setSystem(CLASSIC + "allergyintolerance-verification")
          .setCode(status);
    } else {
      resource.setProperty("status", new CodeType(status));
    }
  }
}
