package org.carepathway.pathway;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.ExpectedProfiles;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/** Which ServiceRequests are referrals to a pathway, and which of them are the same. */
@Component
class ReferralKeys implements ExpectedProfiles {

  private final Catalogue catalogue;

  ReferralKeys(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** The pathway that a ServiceRequest asks for, by canonical or by the plan's trigger code. */
  Optional<PathwayContent> pathway(ServiceRequest request) {
    if (request.getStatus() != ServiceRequestStatus.ACTIVE
        || request.getIntent() != ServiceRequestIntent.ORDER) {
      return Optional.empty();
    }
    return asked(request);
  }

  /** A draft is looked at as what it will be. */
  @Override
  public String[] of(Resource resource) {
    return resource instanceof ServiceRequest request
            && request.getIntent() == ServiceRequestIntent.ORDER
        ? asked(request).map(PathwayContent::referralProfiles).orElse(new String[0])
        : new String[0];
  }

  /** Whether it will start a pathway once it is active. */
  boolean mayStart(ServiceRequest request) {
    return request.getStatus() == ServiceRequestStatus.DRAFT && asked(request).isPresent();
  }

  private Optional<PathwayContent> asked(ServiceRequest request) {
    return catalogue.offered().stream().filter(content -> asksFor(request, content)).findFirst();
  }

  /** The sender's own number makes a referral the same however often it is sent. */
  String key(ServiceRequest request) {
    return number(request).orElse(request.getIdElement().getIdPart());
  }

  /** The sender's first number of a referral; empty where it has none. */
  static Optional<String> number(ServiceRequest request) {
    return numbers(request).stream().findFirst();
  }

  /** Every number of a referral, each with its system, in the order in which they were sent. */
  static Set<String> numbers(ServiceRequest request) {
    return request.getIdentifier().stream()
        .filter(Numbers::isGiven)
        .map(identifier -> identifier.getSystem() + '|' + identifier.getValue())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean asksFor(ServiceRequest request, PathwayContent content) {
    boolean byCanonical =
        request.getInstantiatesCanonical().stream()
            .map(CanonicalType::getValue)
            .anyMatch(
                canonical ->
                    content.plan().getUrl().equals(canonical)
                        || content.canonical().equals(canonical));
    return byCanonical
        || content.triggers().stream()
            .anyMatch(code -> request.getCode().hasCoding(code.getSystem(), code.getCode()));
  }
}
