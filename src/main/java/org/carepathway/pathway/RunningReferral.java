package org.carepathway.pathway;

import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** What a referral is about cannot change while its pathway runs: tasks and record follow it. */
record RunningReferral(ServiceRequest before, ServiceRequest after) {

  private static final String REMEDY =
      " cannot change while the pathway of this referral runs; nothing was changed. Revoke this"
          + " referral and send another one.";

  /**
   * @throws ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException (422) that names the
   *     element
   */
  void require() {
    same("subject", patient(before).equals(patient(after)));
    same(
        "identifier",
        ReferralKeys.numbers(after).containsAll(ReferralKeys.numbers(before)) && isSameFirst());
    same("code", codes(before).equals(codes(after)));
    same("instantiatesCanonical", plans(before).equals(plans(after)));
    same("intent", before.getIntent() == after.getIntent());
    same("doNotPerform", before.getDoNotPerform() == after.getDoNotPerform());
    same("status", after.getStatus() != ServiceRequestStatus.DRAFT);
  }

  private static void same(String element, boolean holds) {
    if (!holds) {
      throw Refusal.rule("ServiceRequest." + element, "'ServiceRequest." + element + "'" + REMEDY);
    }
  }

  private static String patient(ServiceRequest referral) {
    IdType id = new IdType(referral.getSubject().getReference());
    return id.getResourceType() + '/' + id.getIdPart();
  }

  /** The first one makes a referral the same however often it is sent. */
  private boolean isSameFirst() {
    return ReferralKeys.number(before).equals(ReferralKeys.number(after));
  }

  /** Whatever they are called. */
  private static Set<String> codes(ServiceRequest referral) {
    return referral.getCode().getCoding().stream()
        .map(code -> code.getSystem() + '|' + code.getCode())
        .collect(Collectors.toSet());
  }

  private static Set<String> plans(ServiceRequest referral) {
    return referral.getInstantiatesCanonical().stream()
        .map(PrimitiveType::getValue)
        .collect(Collectors.toSet());
  }
}
