package org.carepathway.pathway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/** Which ServiceRequests are referrals to a pathway, and which of them are the same. */
@Component
class ReferralKeys {

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
    return catalogue.offered().stream().filter(content -> asksFor(request, content)).findFirst();
  }

  /** The search that finds a referral with the same identifier. */
  Optional<String> condition(ServiceRequest request) {
    return pathway(request)
        .flatMap(content -> identifier(request))
        .map(
            identifier ->
                "ServiceRequest?identifier="
                    + encoded(identifier.getSystem() == null ? "" : identifier.getSystem())
                    + '|'
                    + encoded(identifier.getValue()));
  }

  /** The sender's own number makes a referral the same however often it is sent. */
  String key(ServiceRequest request) {
    return identifier(request)
        .map(identifier -> identifier.getSystem() + '|' + identifier.getValue())
        .orElse(request.getIdElement().getIdPart());
  }

  private static Optional<Identifier> identifier(ServiceRequest request) {
    return request.getIdentifier().stream().filter(Identifier::hasValue).findFirst();
  }

  private static boolean asksFor(ServiceRequest request, PathwayContent content) {
    boolean byCanonical =
        request.getInstantiatesCanonical().stream()
            .map(CanonicalType::getValue)
            .anyMatch(
                canonical ->
                    canonical.equals(content.plan().getUrl())
                        || canonical.equals(content.canonical()));
    return byCanonical
        || content.triggers().stream()
            .anyMatch(code -> request.getCode().hasCoding(code.getSystem(), code.getCode()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
