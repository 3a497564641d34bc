package org.carepathway.fact;

import java.util.Set;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Resource;

/**
 * The history of the EHR: what others have sent of the types that steps write too, or that no rule
 * reads. It carries a tag that only this service gives and takes away, and is kept apart by it: an
 * operation of another year, a plan of another hospital or an implant of the EHR is not the
 * pathway's own, and decides nothing.
 */
public final class History {

  /** The tag's system. */
  public static final String SYSTEM = "https://carepathway.org/fhir/CodeSystem/record-part";

  /** The tag's code. */
  public static final String CODE = "ehr-history";

  private static final String DISPLAY = "History of the EHR";

  private static final Set<String> TYPES =
      Set.of(
          "Appointment",
          "CarePlan",
          "CareTeam",
          "Claim",
          "Device",
          "DeviceUseStatement",
          "DiagnosticReport",
          "DocumentReference",
          "Encounter",
          "ExplanationOfBenefit",
          "FamilyMemberHistory",
          "Goal",
          "Immunization",
          "Media",
          "MedicationAdministration",
          "Procedure",
          "Provenance",
          "Specimen",
          "SupplyDelivery");

  private History() {}

  /** Whether what others send of this type is history. */
  public static boolean isType(String type) {
    return TYPES.contains(type);
  }

  public static boolean isOf(Resource resource) {
    return resource.getMeta().getTag(SYSTEM, CODE) != null;
  }

  /**
   * Puts a resource in the history, or takes it out: what the sender wrote of it does not count.
   */
  public static void mark(Resource resource, boolean history) {
    Meta meta = resource.getMeta();
    meta.getTag().removeIf(tag -> SYSTEM.equals(tag.getSystem()));
    if (history) {
      meta.addTag(new Coding(SYSTEM, CODE, DISPLAY));
    }
  }
}
