package org.carepathway.pathway;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Set;
import org.carepathway.fhir.Refusal;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/** That no number of a referral is another's: an order that is taken for another one is lost. */
@Component
class TakenNumbers {

  private static final String ELEMENT = "ServiceRequest.identifier";

  private final ReferralNumbers rows;

  TakenNumbers(ReferralNumbers rows) {
    this.rows = rows;
  }

  /**
   * Before it is looked for what the same referral is: that its numbers lead to one.
   *
   * @param patientId of whom it is
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when a number
   *     is another patient's, or two numbers are those of two referrals
   */
  void require(ServiceRequest referral, String patientId, String pathwayKey) {
    Set<String> numbers = ReferralKeys.numbers(referral);
    if (rows.isOfOther(numbers, patientId)) {
      throw ofOther();
    }
    if (rows.referrals(numbers, pathwayKey) > 1) {
      throw refused(
          "The numbers of this referral are those of several referrals of this patient, so it is"
              + " not known which one is meant; nothing was stored. Send it with the numbers of"
              + " one, or with numbers of its own.");
    }
  }

  /**
   * Keeps the numbers for the referral of this pathway.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when one is
   *     another referral's
   */
  void keep(Pathway pathway, ServiceRequest referral) {
    Set<String> numbers = ReferralKeys.numbers(referral);
    if (rows.isOfOther(numbers, pathway.patientId()) || !rows.add(pathway, numbers)) {
      throw taken(pathway, referral);
    }
  }

  /** That another referral has them: another patient's, or the same one under another id. */
  BaseServerResponseException taken(Pathway pathway, ServiceRequest referral) {
    return rows.isOfOther(ReferralKeys.numbers(referral), pathway.patientId())
        ? ofOther()
        : Refusal.conflict(
            ELEMENT,
            "This referral has been received already, under another id; nothing was stored.");
  }

  private static BaseServerResponseException ofOther() {
    return refused(
        "A referral of another patient has this number, or one of these numbers; nothing was"
            + " stored. Send this referral with a number of its own, with the system whose number"
            + " it is.");
  }

  private static BaseServerResponseException refused(String reason) {
    return Refusal.duplicate(ELEMENT, reason);
  }
}
