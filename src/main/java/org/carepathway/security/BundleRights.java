package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.Refusal;
import org.carepathway.fhir.RequestOrder;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * Which entry of a Bundle its sender may not send: told before the validator looks at the Bundle,
 * which may take seconds, and with the entry's place and type.
 */
@Component
@Interceptor
class BundleRights implements FhirInterceptor {

  private final FhirRights rights;
  private final FhirContext fhirContext;

  BundleRights(FhirRights rights, FhirContext fhirContext) {
    this.rights = rights;
    this.fhirContext = fhirContext;
  }

  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = RequestOrder.ENTRIES)
  public void check(RequestDetails request) {
    if (request.getRestOperationType() != RestOperationTypeEnum.TRANSACTION
        || Batch.isOne(request)) {
      return;
    }
    EncodingEnum encoding = RestfulServerUtils.determineRequestEncodingNoDefault(request);
    // HAPI refuses what does not say that it is FHIR.
    if (encoding != null && sent(encoding, request) instanceof Bundle bundle) {
      // Else HAPI would read it once more, which costs as much as to index it.
      request.setResource(bundle);
      for (int i = 0; i < bundle.getEntry().size(); i++) {
        check(i, bundle.getEntry().get(i).getRequest());
        EntryConditions.check(i, bundle.getEntry().get(i).getRequest());
        ofAddress(i, bundle.getEntry().get(i));
      }
    }
  }

  private IBaseResource sent(EncodingEnum encoding, RequestDetails request) {
    IParser parser = encoding.newParser(fhirContext);
    parser.setServerBaseUrl(request.getFhirServerBase());
    return parser.parseResource(
        new String(request.loadRequestContents(), StandardCharsets.UTF_8).strip());
  }

  private void check(int place, BundleEntryRequestComponent request) {
    HTTPVerb method = request.getMethod();
    String url = request.hasUrl() ? request.getUrl() : "";
    String type = type(url);
    boolean may =
        method == HTTPVerb.POST
            ? rights.may(Action.CREATE, type)
            : method == HTTPVerb.PUT
                && rights.may(Action.UPDATE, type)
                && (!url.contains("?") || rights.may(Action.CREATE, type));
    boolean known = method == HTTPVerb.POST || method == HTTPVerb.PUT;
    if (known && may && OwnTables.ALONE.contains(type)) {
      throw refused(
          place,
          "%s is no part of a transaction, as entry %d asks; nothing was stored. Send it by itself, or in a batch."
              .formatted(type, place));
    }
    if (!known || !may) {
      String text =
          known
              ? "Your roles or your token do not allow to %s %s, as entry %d asks (%s %s); nothing was stored."
                  .formatted(
                      method == HTTPVerb.POST ? "create" : "update",
                      type,
                      place,
                      method.toCode(),
                      url)
              : "A transaction may create (POST) and update by id or identifier (PUT), nothing else; entry %d asks for %s %s. Nothing was stored."
                  .formatted(place, method == null ? "no method," : method.toCode(), url);
      throw refused(place, text);
    }
  }

  private static ForbiddenOperationException refused(int place, String text) {
    return new ForbiddenOperationException(
        text, Refusal.outcome(IssueType.FORBIDDEN, "Bundle.entry[%d]".formatted(place), text));
  }

  /** HAPI would store a resource under an id that it does not have. */
  private static void ofAddress(int place, BundleEntryComponent entry) {
    String url = entry.getRequest().getUrl();
    Resource resource = entry.getResource();
    boolean fits =
        resource != null
            && resource.fhirType().equals(type(url))
            && (url.contains("?") || hasIdOf(entry, new IdType(url)));
    if (!fits) {
      String text =
          "Entry %d is %s, and its request is for %s; nothing was stored."
              .formatted(
                  place,
                  resource == null
                      ? "request without a resource"
                      : resource.fhirType() + ownId(entry).map(id -> '/' + id).orElse(""),
                  url);
      throw new InvalidRequestException(
          text, Refusal.outcome(IssueType.INVALID, "Bundle.entry[%d]".formatted(place), text));
    }
  }

  private static boolean hasIdOf(BundleEntryComponent entry, IdType asked) {
    return !asked.hasResourceType()
        || ownId(entry).filter(id -> !id.equals(asked.getIdPart())).isEmpty();
  }

  /** HAPI gives a resource without an id that of its fullUrl. */
  private static Optional<String> ownId(BundleEntryComponent entry) {
    String address = String.valueOf(entry.getFullUrl());
    return Optional.ofNullable(entry.getResource().getIdElement().getIdPart())
        .filter(id -> !address.endsWith(id));
  }

  private static String type(String url) {
    String path = url.replaceFirst("[?].*", "");
    IdType id = new IdType(path);
    return id.hasResourceType() ? id.getResourceType() : path;
  }
}
