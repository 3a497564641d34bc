package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PathwayEvent;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.OnBehalf;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/**
 * Watches the ServiceRequests that are stored: one that a pathway waits for starts it, one that is
 * revoked cancels it, each in the transaction that stores it.
 */
@Component
@Interceptor
class Referrals implements StoreInterceptor {

  private final ReferralKeys keys;
  private final Pathways pathways;
  private final Departure departure;
  private final TakenNumbers numbers;
  private final PathwayEngine engine;
  private final Records records;
  private final OnBehalf behalf;
  private final UnheardRequests unheard;

  Referrals(
      ReferralKeys keys,
      Pathways pathways,
      Departure departure,
      TakenNumbers numbers,
      PathwayEngine engine,
      Records records,
      OnBehalf behalf,
      UnheardRequests unheard) {
    this.keys = keys;
    this.pathways = pathways;
    this.departure = departure;
    this.numbers = numbers;
    this.engine = engine;
    this.records = records;
    this.behalf = behalf;
    this.unheard = unheard;
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.REFERRALS)
  public void created(IBaseResource resource, RequestDetails request) {
    if (resource instanceof ServiceRequest referral) {
      start(referral, request);
    }
  }

  /** One that was stored before a pathway waited for it, such as a draft, may be one now. */
  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.REFERRALS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    if (after instanceof ServiceRequest referral) {
      Optional<Pathway> own = pathways.ofReferral(referral.getIdElement().getIdPart());
      if (own.isEmpty()) {
        start(referral, request);
        return;
      }
      if (!ReferralKeys.numbers(referral).equals(ReferralKeys.numbers((ServiceRequest) before))) {
        numbers.keep(own.get(), referral);
      }
      if (isWithdrawn(referral) && own.get().isActive()) {
        cancel(own.get(), Sender.of(request));
      }
    }
  }

  private void start(ServiceRequest referral, RequestDetails request) {
    Sender sender = Sender.of(request);
    Optional<PathwayContent> content = keys.pathway(referral);
    if (content.isPresent()) {
      departure.start(content.get(), referral, keys.key(referral), sender);
    }
    if (content.isPresent() || isWithdrawn(referral)) {
      unheard.settled(referral);
    } else if (sender.isOutside() && (isActive(referral) || keys.mayStart(referral))) {
      unheard.unheard(referral, request);
    }
  }

  private void cancel(Pathway pathway, Sender sender) {
    records.triggeredBy(
        new Trigger(pathway.referralId() + "/revoked", behalf.agent(sender, pathway.patientId())));
    if (pathways.open(pathway.id()).pathway().isActive()) {
      engine.correlate(PathwayEvent.REVOKED, pathway.id());
    }
  }

  static boolean isActive(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.ACTIVE;
  }

  private static boolean isWithdrawn(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.REVOKED
        || referral.getStatus() == ServiceRequestStatus.ENTEREDINERROR;
  }
}
