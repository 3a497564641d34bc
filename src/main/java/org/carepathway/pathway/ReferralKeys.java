package org.carepathway.pathway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.ExpectedProfiles;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/** Which ServiceRequests are referrals to a pathway, and which of them are the same. */
@Component
class ReferralKeys implements ExpectedProfiles {

  private final Catalogue catalogue;
  private final PatientNumbers patients;

  ReferralKeys(Catalogue catalogue, PatientNumbers patients) {
    this.catalogue = catalogue;
    this.patients = patients;
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

  /**
   * The search that finds the same referral: of this patient, with this number and this code. The
   * same number for another patient is found to be taken when the pathway starts.
   */
  Optional<String> condition(ServiceRequest request) {
    return pathway(request)
        .flatMap(content -> identifier(request))
        .map(
            identifier ->
                "ServiceRequest?identifier="
                    + encoded(identifier.getSystem() == null ? "" : identifier.getSystem())
                    + '|'
                    + encoded(identifier.getValue())
                    + subject(request)
                    + code(request));
  }

  /** The sender's own number makes a referral the same however often it is sent. */
  String key(ServiceRequest request) {
    return number(request).orElse(request.getIdElement().getIdPart());
  }

  /** The sender's number of a referral; empty where it has none. */
  static Optional<String> number(ServiceRequest request) {
    return identifier(request)
        .map(identifier -> identifier.getSystem() + '|' + identifier.getValue());
  }

  /** A patient of the same Bundle is put in by the store once it has an id. */
  private String subject(ServiceRequest request) {
    String reference = request.getSubject().getReference();
    if (reference == null) {
      return "";
    }
    return reference.contains("?")
        ? patients.byCondition(reference).map(id -> "&subject=Patient/" + id).orElse("")
        : "&subject=" + reference;
  }

  private String code(ServiceRequest request) {
    return catalogue.offered().stream()
        .flatMap(content -> content.triggers().stream())
        .filter(code -> request.getCode().hasCoding(code.getSystem(), code.getCode()))
        .findFirst()
        .map(code -> "&code=" + encoded(code.getSystem()) + '|' + encoded(code.getCode()))
        .orElse("");
  }

  private static Optional<Identifier> identifier(ServiceRequest request) {
    return request.getIdentifier().stream()
        .filter(identifier -> identifier.getValue() != null)
        .findFirst();
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

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
