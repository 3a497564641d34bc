package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.springframework.stereotype.Component;

/**
 * What is taken as a body. XML Patch is not: HAPI reads it with a parser that resolves a DTD, so
 * that a patch could read files of this machine. Numbers are limited before the validator and the
 * store compute with them.
 */
@Component
@Interceptor
class IncomingBodies implements FhirInterceptor {

  private static final List<String> PATCHES =
      List.of(Constants.CT_JSON_PATCH, Constants.CT_FHIR_JSON_NEW, Constants.CT_FHIR_XML_NEW);
  private static final Set<RequestTypeEnum> WITH_BODY =
      EnumSet.of(RequestTypeEnum.POST, RequestTypeEnum.PUT, RequestTypeEnum.PATCH);
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;

  private final FhirContext fhirContext;
  private final PatchBodies patches;

  IncomingBodies(FhirContext fhirContext) {
    this.fhirContext = fhirContext;
    this.patches = new PatchBodies(fhirContext);
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void mediaType(RequestDetails request) {
    String type = mediaType(request.getHeader(Constants.HEADER_CONTENT_TYPE));
    boolean patch = request.getRequestType() == RequestTypeEnum.PATCH;
    if (patch && !PATCHES.contains(type)) {
      throw new UnclassifiedServerFailureException(
              UNSUPPORTED_MEDIA_TYPE,
              "A patch is taken as %s (JSON Patch), or as %s or %s (FHIRPath Patch, a Parameters)."
                  .formatted(PATCHES.toArray()))
          .addResponseHeader("Accept-Patch", String.join(", ", PATCHES));
    }
    if (type.contains("turtle") || type.contains("ndjson")) {
      throw new UnclassifiedServerFailureException(
          UNSUPPORTED_MEDIA_TYPE,
          "A body is taken as %s or %s."
              .formatted(Constants.CT_FHIR_JSON_NEW, Constants.CT_FHIR_XML_NEW));
    }
  }

  /** After the rights of who asks and before the validator. */
  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.BODY)
  public void body(RequestDetails request) {
    if (!WITH_BODY.contains(request.getRequestType())) {
      return;
    }
    String body = BodyText.of(request).strip();
    boolean searchForm =
        request.getRestOperationType() == RestOperationTypeEnum.SEARCH_TYPE
            && !body.startsWith("{")
            && !body.startsWith("[")
            && !BodyScan.isXml(body);
    String type = mediaType(request.getHeader(Constants.HEADER_CONTENT_TYPE));
    boolean patch = request.getRequestType() == RequestTypeEnum.PATCH;
    if ((body.isEmpty() && !patch) || searchForm) {
      return;
    }
    if (body.isEmpty()) {
      patches.require(type, body);
    }
    BodyFindings scan = BodyScan.of(body);
    if (scan.tooLarge() != null) {
      throw LargeNumbers.refused(scan.tooLarge());
    }
    if (scan.unstorable() != null) {
      throw new InvalidRequestException(scan.unstorable() + ": " + Storable.RULE);
    }
    if (scan.tooMany() != null) {
      throw Refusal.rule(
          scan.tooMany(),
          "At most %d of one element are taken at one place, %d names in one object, %d contained resources and %d entries; nothing was stored. Send them in parts."
              .formatted(
                  BodyFindings.MOST_AT_A_PLACE,
                  BodyFindings.MOST_NAMES,
                  BodyFindings.MOST_CONTAINED,
                  BodyFindings.MOST_ENTRIES));
    }
    if (patch) {
      patches.require(type, body);
    } else if (body.startsWith("[")) {
      throw new InvalidRequestException("The body is a list, and no resource.");
    }
    ofAddress(request, scan.type());
    if (scan.definition() != null) {
      throw new InvalidRequestException(
          "A %s is not taken here, within another resource neither.".formatted(scan.definition()));
    }
    // A list of patches is no resource; what they make of one is looked at before it is stored.
    if (scan.isDoubtful() && !body.startsWith("[")) {
      LargeNumbers.refuse((Base) parser(body).parseResource(body));
    }
  }

  /** Rights are those of the address: the validator need not see what is of another type. */
  private static void ofAddress(RequestDetails request, String type) {
    String expected =
        switch (request.getRestOperationType()) {
          case CREATE, UPDATE -> request.getResourceName();
          case TRANSACTION -> "Bundle";
          default -> type;
        };
    if (type != null && !type.equals(expected)) {
      throw new InvalidRequestException(
          "The body is %s, and the address is one for %s.".formatted(type, expected));
    }
  }

  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void capabilities(IBaseConformance capabilities) {
    CapabilityStatement statement = (CapabilityStatement) capabilities;
    statement.getPatchFormat().clear();
    PATCHES.forEach(statement::addPatchFormat);
  }

  private IParser parser(String body) {
    return BodyScan.isXml(body) ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
  }

  private static String mediaType(String header) {
    return header == null ? "" : header.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }
}
