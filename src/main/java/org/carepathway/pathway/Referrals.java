package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.Optional;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PathwayEvent;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.Conformance;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.Sender;
import org.carepathway.fhir.StoreInterceptor;
import org.carepathway.fhir.StoreOrder;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.OnBehalf;
import org.hl7.fhir.instance.model.api.IBaseBundle;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
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

  private static final int RETRIES = 5;
  private static final int LONGEST_NUMBER = 255;

  private final ReferralKeys keys;
  private final Conformance conformance;
  private final Pathways pathways;
  private final Departure departure;
  private final PathwayEngine engine;
  private final Records records;
  private final OnBehalf behalf;
  private final UnheardRequests unheard;

  Referrals(
      ReferralKeys keys,
      Conformance conformance,
      Pathways pathways,
      Departure departure,
      PathwayEngine engine,
      Records records,
      OnBehalf behalf,
      UnheardRequests unheard) {
    this.keys = keys;
    this.conformance = conformance;
    this.pathways = pathways;
    this.departure = departure;
    this.engine = engine;
    this.records = records;
    this.behalf = behalf;
    this.unheard = unheard;
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
      } else if (isActive(referral) && !isActive((ServiceRequest) before)) {
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
      } else if (isWithdrawn(referral)) {
        own.filter(Pathway::isActive).ifPresent(pathway -> cancel(pathway, Sender.of(request)));
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

  private static boolean isActive(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.ACTIVE;
  }

  private static boolean isWithdrawn(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.REVOKED
        || referral.getStatus() == ServiceRequestStatus.ENTEREDINERROR;
  }
}
