package org.carepathway.pathway;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import java.util.Optional;
import org.carepathway.engine.PathwayEngine;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.carepathway.security.CurrentUser;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PlanDefinition.PlanDefinitionActionComponent;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.TriggerDefinition;
import org.springframework.stereotype.Component;

/**
 * Watches the ServiceRequests that are stored: one that a pathway waits for starts it, one that is
 * revoked cancels it, each in the transaction that stores it.
 */
@Component
@Interceptor
class Referrals implements FhirInterceptor {

  static final String REVOKED_MESSAGE = "ReferralRevoked";

  private final Catalogue catalogue;
  private final Pathways pathways;
  private final Departure departure;
  private final PathwayEngine engine;
  private final Records records;
  private final CurrentUser user;

  Referrals(
      Catalogue catalogue,
      Pathways pathways,
      Departure departure,
      PathwayEngine engine,
      Records records,
      CurrentUser user) {
    this.catalogue = catalogue;
    this.pathways = pathways;
    this.departure = departure;
    this.engine = engine;
    this.records = records;
    this.user = user;
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED)
  public void created(IBaseResource resource) {
    if (resource instanceof ServiceRequest referral) {
      pathwayFor(referral).ifPresent(content -> start(content, referral));
    }
  }

  @Hook(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED)
  public void updated(IBaseResource before, IBaseResource after) {
    if (after instanceof ServiceRequest referral && isWithdrawn(referral)) {
      String id = referral.getIdElement().getIdPart();
      pathways
          .ofReferral(id)
          .filter(Pathway::isActive)
          .ifPresent(
              pathway -> {
                records.triggeredBy(new Trigger(id + "/revoked", user.agent()));
                pathways.open(pathway.id());
                engine.correlate(REVOKED_MESSAGE, pathway.id());
              });
    }
  }

  /** The pathway that a ServiceRequest asks for, by canonical or by the plan's trigger code. */
  Optional<PathwayContent> pathwayFor(ServiceRequest referral) {
    if (referral.getStatus() != ServiceRequestStatus.ACTIVE
        || referral.getIntent() != ServiceRequestIntent.ORDER) {
      return Optional.empty();
    }
    return catalogue.offered().stream().filter(content -> asksFor(referral, content)).findFirst();
  }

  private void start(PathwayContent content, ServiceRequest referral) {
    if (!departure.start(content, referral, key(referral), user.agent())) {
      throw new ResourceVersionConflictException(
          "This referral was received at the same moment in another request; send it again to be"
              + " given the ServiceRequest that was stored.");
    }
  }

  private static boolean asksFor(ServiceRequest referral, PathwayContent content) {
    boolean byCanonical =
        referral.getInstantiatesCanonical().stream()
            .map(CanonicalType::getValue)
            .anyMatch(
                canonical ->
                    canonical.equals(content.plan().getUrl())
                        || canonical.equals(content.canonical()));
    return byCanonical
        || content.plan().getAction().stream()
            .map(PlanDefinitionActionComponent::getTrigger)
            .flatMap(java.util.List::stream)
            .anyMatch(trigger -> matches(referral, trigger));
  }

  private static boolean matches(ServiceRequest referral, TriggerDefinition trigger) {
    return trigger.getData().stream()
        .filter(data -> "ServiceRequest".equals(data.getType()))
        .flatMap(data -> data.getCodeFilter().stream())
        .filter(filter -> "code".equals(filter.getPath()))
        .flatMap(filter -> filter.getCode().stream())
        .anyMatch(code -> referral.getCode().hasCoding(code.getSystem(), code.getCode()));
  }

  private static boolean isWithdrawn(ServiceRequest referral) {
    return referral.getStatus() == ServiceRequestStatus.REVOKED
        || referral.getStatus() == ServiceRequestStatus.ENTEREDINERROR;
  }

  /**
   * The sender's own number of the referral makes it the same referral; its id where it has none.
   */
  private static String key(ServiceRequest referral) {
    return referral.getIdentifier().stream()
        .filter(Identifier::hasValue)
        .findFirst()
        .map(identifier -> identifier.getSystem() + '|' + identifier.getValue())
        .orElse(referral.getIdElement().getIdPart());
  }
}
