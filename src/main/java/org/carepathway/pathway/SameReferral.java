package org.carepathway.pathway;

import ca.uhn.fhir.rest.param.ParameterUtil;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.fhir.Numbers;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.springframework.stereotype.Component;

/** Finds what is stored of a referral that is sent again. */
@Component
class SameReferral {

  private static final String BY_ID = "_id=";

  /** A draft with the number is no referral yet: to find it would start nothing. */
  private static final String STORED =
      "&status="
          + Stream.of(ServiceRequestStatus.values())
              .filter(s -> s != ServiceRequestStatus.DRAFT && s != ServiceRequestStatus.NULL)
              .map(ServiceRequestStatus::toCode)
              .collect(Collectors.joining(","));

  private final ReferralKeys keys;
  private final Catalogue catalogue;
  private final PatientNumbers patients;
  private final TakenNumbers taken;

  SameReferral(
      ReferralKeys keys, Catalogue catalogue, PatientNumbers patients, TakenNumbers taken) {
    this.keys = keys;
    this.catalogue = catalogue;
    this.patients = patients;
    this.taken = taken;
  }

  /**
   * The search that finds the same referral: of this patient, with one of these numbers and this
   * code.
   *
   * @param around the Bundle that it came in; an empty one for one that came alone
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException (409) when the
   *     numbers lead to another patient's, or to several
   */
  Optional<String> condition(ServiceRequest request, Bundle around) {
    Optional<PathwayContent> content = keys.pathway(request);
    if (content.isEmpty() || ReferralKeys.numbers(request).isEmpty()) {
      return Optional.empty();
    }
    String subject = request.getSubject().getReference();
    Optional<String> patient = Optional.ofNullable(subject).flatMap(s -> patient(s, around));
    patient.ifPresent(id -> taken.require(request, id, content.get().key()));
    return Optional.of(
        "ServiceRequest?identifier="
            + request.getIdentifier().stream()
                .filter(Numbers::isGiven)
                .map(SameReferral::token)
                .distinct()
                .collect(Collectors.joining(","))
            + subject(subject, patient)
            + code(request)
            + STORED);
  }

  /** A patient of the same Bundle is put in by the store once it has an id. */
  private static String subject(String reference, Optional<String> patient) {
    if (reference == null) {
      return "";
    }
    return reference.contains("?")
        ? patient.map(id -> "&subject=Patient/" + id).orElse("")
        : "&subject=" + reference;
  }

  /** The id of whom it is; empty for one who is not stored yet. */
  private Optional<String> patient(String reference, Bundle around) {
    if (reference.contains("?")) {
      return byCondition(reference);
    }
    if (!reference.startsWith("urn:")) {
      return Optional.ofNullable(new IdType(reference).getIdPart());
    }
    return around.getEntry().stream()
        .filter(entry -> reference.equals(entry.getFullUrl()))
        .findFirst()
        .flatMap(entry -> inBundle(entry.getRequest()));
  }

  private Optional<String> inBundle(BundleEntryRequestComponent request) {
    if (request.hasIfNoneExist()) {
      return byCondition(request.getIfNoneExist());
    }
    if (request.getMethod() != HTTPVerb.PUT) {
      return Optional.empty();
    }
    return request.getUrl().contains("?")
        ? byCondition(request.getUrl())
        : Optional.ofNullable(new IdType(request.getUrl()).getIdPart());
  }

  private Optional<String> byCondition(String condition) {
    String query = condition.replaceFirst("^[^?]*\\?", "");
    return query.startsWith(BY_ID)
        ? Optional.of(query.substring(BY_ID.length()))
        : patients.byCondition(query);
  }

  private String code(ServiceRequest request) {
    return catalogue.offered().stream()
        .flatMap(content -> content.triggers().stream())
        .filter(code -> request.getCode().hasCoding(code.getSystem(), code.getCode()))
        .findFirst()
        .map(code -> "&code=" + encoded(code.getSystem()) + '|' + encoded(code.getCode()))
        .orElse("");
  }

  private static String token(Identifier number) {
    String system = Objects.toString(number.getSystem(), "");
    return encoded(ParameterUtil.escape(system))
        + '|'
        + encoded(ParameterUtil.escape(number.getValue()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
