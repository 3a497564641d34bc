package org.carepathway.subscription;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.springframework.stereotype.Component;

/** Says in the CapabilityStatement that the guide is followed, and what one can be told of. */
@Component
@Interceptor
class SubscriptionCapabilities implements FhirInterceptor {

  /** After what is not served was taken out. */
  private static final int LATER = 10;

  @Hook(value = Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED, order = LATER)
  public void declare(IBaseConformance generated) {
    CapabilityStatement statement = (CapabilityStatement) generated;
    statement.addInstantiates(Backport.SERVER);
    statement.getRestFirstRep().getResource().stream()
        .filter(resource -> resource.getType().equals("Subscription"))
        .forEach(SubscriptionCapabilities::declare);
  }

  private static void declare(CapabilityStatementRestResourceComponent subscription) {
    subscription.addSupportedProfile(Backport.SUBSCRIPTION);
    subscription.setVersioning(ResourceVersionPolicy.VERSIONED);
    for (Topic topic : Topic.values()) {
      subscription.addExtension(Backport.TOPIC, new CanonicalType(topic.canonical()));
    }
  }
}
