package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.jpa.api.model.ResourceVersionConflictResolutionStrategy;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.PathwayEvent;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.Conformance;
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

  private final ReferralKeys keys;
  private final Conformance conformance;
  private final Pathways pathways;
  private final Departure departure;
  private final PathwayEngine engine;
  private final Records records;
  private final OnBehalf behalf;

  Referrals(
      ReferralKeys keys,
      Conformance conformance,
      Pathways pathways,
      Departure departure,
      PathwayEngine engine,
      Records records,
      OnBehalf behalf) {
    this.keys = keys;
    this.conformance = conformance;
    this.pathways = pathways;
    this.departure = departure;
    this.engine = engine;
    this.records = records;
    this.behalf = behalf;
  }

  /** Referrals inside a transaction Bundle are created on the same condition as single ones. */
  @Hook(value = Pointcut.STORAGE_TRANSACTION_PROCESSING, order = StoreOrder.BUNDLE_REFERRALS)
  public void transaction(IBaseBundle received) {
    ((Bundle) received)
        .getEntry().stream()
            .filter(entry -> entry.getRequest().getMethod() == Bundle.HTTPVerb.POST)
            .filter(entry -> !entry.getRequest().hasIfNoneExist())
            .filter(entry -> entry.getResource() instanceof ServiceRequest)
            .forEach(
                entry ->
                    keys.condition((ServiceRequest) entry.getResource())
                        .ifPresent(entry.getRequest()::setIfNoneExist));
  }

  @Hook(value = Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED, order = StoreOrder.REFERRAL_CHECK)
  public void check(IBaseResource resource) {
    if (resource instanceof ServiceRequest referral) {
      keys.pathway(referral)
          .ifPresent(content -> conformance.require(referral, content.referralProfiles()));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED, order = StoreOrder.REFERRALS)
  public void created(IBaseResource resource, RequestDetails request) {
    if (resource instanceof ServiceRequest referral) {
      keys.pathway(referral).ifPresent(content -> start(content, referral, Sender.of(request)));
    }
  }

  @Hook(value = Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED, order = StoreOrder.REFERRALS)
  public void updated(IBaseResource before, IBaseResource after, RequestDetails request) {
    if (after instanceof ServiceRequest referral && isWithdrawn(referral)) {
      String id = referral.getIdElement().getIdPart();
      pathways
          .ofReferral(id)
          .filter(Pathway::isActive)
          .ifPresent(pathway -> cancel(pathway, Sender.of(request)));
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

  private void start(PathwayContent content, ServiceRequest referral, Sender sender) {
    if (!departure.start(content, referral, keys.key(referral), sender)) {
      throw new ResourceVersionConflictException(
          "This referral has been received already, under another id.");
    }
  }

  private void cancel(Pathway pathway, Sender sender) {
    records.triggeredBy(
        new Trigger(pathway.referralId() + "/revoked", behalf.agent(sender, pathway.patientId())));
    if (pathways.open(pathway.id()).pathway().isActive()) {
      engine.correlate(PathwayEvent.REVOKED, pathway.id());
    }
  }

  private static boolean isWithdrawn(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.REVOKED
        || referral.getStatus() == ServiceRequestStatus.ENTEREDINERROR;
  }
}
