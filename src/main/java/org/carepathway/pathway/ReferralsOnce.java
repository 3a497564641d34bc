package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/** A referral that is sent twice is stored once. */
@Component
@Interceptor
class ReferralsOnce implements StoreInterceptor {

  private static final int RETRIES = 5;

  private final SameReferral same;

  ReferralsOnce(SameReferral same) {
    this.same = same;
  }

  /** Referrals inside a transaction Bundle are created on the same condition as single ones. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_REFERRALS)
  public void transaction(IBaseBundle received) {
    Bundle bundle = (Bundle) received;
    Map<String, String> conditions = new HashMap<>();
    for (BundleEntryComponent entry : bundle.getEntry()) {
      if (entry.getRequest().getMethod() == Bundle.HTTPVerb.POST
          && entry.getResource() instanceof ServiceRequest referral) {
        Optional<String> condition = same.condition(referral, bundle);
        condition.ifPresent(entry.getRequest()::setIfNoneExist);
        condition.ifPresent(own -> shareNoNumber(conditions, own, referral));
      }
    }
  }

  /** The same entry twice is one referral; two that share a number may be one or two. */
  private static void shareNoNumber(
      Map<String, String> conditions, String own, ServiceRequest referral) {
    for (String number : ReferralKeys.numbers(referral)) {
      String known = conditions.putIfAbsent(number, own);
      if (known != null && !known.equals(own)) {
        throw Refusal.duplicate(
            "ServiceRequest.identifier",
            "Two referrals of this Bundle have a number in common, so it is not known whether they are one; nothing was stored. Send each with numbers of its own.");
      }
    }
  }

  /**
   * Two senders of one referral meet at its unique key: the later one is tried again and then finds
   * what the earlier one stored.
   */
  @Hook(value = Pointcut.STORAGE_VERSION_CONFLICT, order = StoreOrder.TRY_AGAIN)
  public ResourceVersionConflictResolutionStrategy conflict(RequestDetails request) {
    if (request == null
        || (request.getRestOperationType() != RestOperationTypeEnum.CREATE
            && request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION)) {
      return null;
    }
    ResourceVersionConflictResolutionStrategy strategy =
        new ResourceVersionConflictResolutionStrategy();
    strategy.setRetry(true);
    strategy.setMaxRetries(RETRIES);
    return strategy;
  }
}
