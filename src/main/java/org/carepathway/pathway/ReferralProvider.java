package org.carepathway.pathway;

import ca.uhn.fhir.jpa.api.dao.IFhirResourceDao;
import ca.uhn.fhir.jpa.rp.r4.ServiceRequestResourceProvider;
import ca.uhn.fhir.rest.annotation.ConditionalUrlParam;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.springframework.stereotype.Component;

/**
 * Creates ServiceRequests. A sender who gets no answer sends a referral again: one that carries the
 * sender's identifier is therefore created on the condition that it is not there yet.
 */
@Component
class ReferralProvider extends ServiceRequestResourceProvider implements FhirOperations {

  private final SameReferral same;

  ReferralProvider(IFhirResourceDao<ServiceRequest> dao, SameReferral same) {
    this.same = same;
    setDao(dao);
  }

  @Create
  @Override
  public MethodOutcome create(
      HttpServletRequest request,
      @ResourceParam ServiceRequest referral,
      @ConditionalUrlParam String conditional,
      RequestDetails details) {
    String condition = same.condition(referral, new Bundle()).orElse(conditional);
    return super.create(request, referral, condition, details);
  }
}
