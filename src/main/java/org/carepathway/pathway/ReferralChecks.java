package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.Conformance;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/**
 * What a ServiceRequest must be to be a referral, and what cannot change while its pathway runs.
 */
@Component
@Interceptor
class ReferralChecks implements StoreInterceptor {

  private static final int LONGEST_NUMBER = 255;

  private final ReferralKeys keys;
  private final Conformance conformance;
  private final Pathways pathways;

  ReferralChecks(ReferralKeys keys, Conformance conformance, Pathways pathways) {
    this.keys = keys;
    this.conformance = conformance;
    this.pathways = pathways;
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.REFERRAL_CHECK)
  public void check(IBaseResource resource) {
    if (resource instanceof ServiceRequest referral) {
      keys.pathway(referral).ifPresent(content -> require(content, referral));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED, order = StoreOrder.REFERRAL_CHECK)
  public void check(IBaseResource before, IBaseResource after, RequestDetails request) {
    if (after instanceof ServiceRequest referral && Sender.of(request).isOutside()) {
      Optional<Pathway> own = pathways.ofReferral(before.getIdElement().getIdPart());
      if (own.isEmpty()) {
        check(after);
      } else if (own.get().isActive()) {
        new RunningReferral((ServiceRequest) before, referral).require();
      } else if (Referrals.isActive(referral) && !Referrals.isActive((ServiceRequest) before)) {
        throw Refusal.conflict(
            "ServiceRequest.status",
            "The pathway of this referral has ended (%s); nothing was changed. Send another referral, with a number of its own, to begin again."
                .formatted(own.get().outcome()));
      }
    }
  }

  private void require(PathwayContent content, ServiceRequest referral) {
    conformance.require(referral, content.referralProfiles());
    Referable.require(referral);
    if (ReferralKeys.number(referral).filter(n -> n.length() > LONGEST_NUMBER).isPresent()) {
      throw Refusal.rule(
          "ServiceRequest.identifier",
          "The number of a referral has, with its system, at most %d characters."
              .formatted(LONGEST_NUMBER));
    }
  }
}
