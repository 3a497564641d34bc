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
import org.carepathway.fhir.Unreadable;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
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
      } else if (Unreadable.is(before)) {
        require(own.get(), referral);
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

  /** A correction of what cannot be read: its pathway knows of whom it is. */
  private static void require(Pathway pathway, ServiceRequest referral) {
    if (!pathway.patientId().equals(new IdType(referral.getSubject().getReference()).getIdPart())) {
      throw Refusal.rule(
          "ServiceRequest.subject",
          "The pathway of this referral is that of Patient/%s; nothing was changed. Send the referral with this subject."
              .formatted(pathway.patientId()));
    }
  }

  private void require(PathwayContent content, ServiceRequest referral) {
    conformance.require(referral, content.referralProfiles());
    Referable.require(referral);
    if (ReferralKeys.numbers(referral).isEmpty()) {
      throw Refusal.rule(
          "ServiceRequest.identifier.value",
          "A referral needs a number, by which it is known when it is sent again; one that is"
              + " missing with a reason is none. Send it with a number of its own.");
    }
    if (ReferralKeys.numbers(referral).stream().anyMatch(n -> n.length() > LONGEST_NUMBER)) {
      throw Refusal.rule(
          "ServiceRequest.identifier",
          "The number of a referral has, with its system, at most %d characters."
              .formatted(LONGEST_NUMBER));
    }
  }
}
