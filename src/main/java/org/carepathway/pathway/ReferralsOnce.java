package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/** A referral that is sent twice is stored once. */
@Component
@Interceptor
class ReferralsOnce implements StoreInterceptor {

  private static final int RETRIES = 5;

  private final ReferralKeys keys;

  ReferralsOnce(ReferralKeys keys) {
    this.keys = keys;
  }

  /** Referrals inside a transaction Bundle are created on the same condition as single ones. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_REFERRALS)
  public void transaction(IBaseBundle received) {
    ((Bundle) received)
        .getEntry().stream()
            .filter(entry -> entry.getRequest().getMethod() == Bundle.HTTPVerb.POST)
            .filter(entry -> entry.getResource() instanceof ServiceRequest)
            .forEach(
                entry ->
                    keys.condition((ServiceRequest) entry.getResource())
                        .ifPresent(entry.getRequest()::setIfNoneExist));
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
