package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServerUtils;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.interceptor.RequestValidatingInterceptor;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/**
 * What comes from outside is checked before it is stored: 422 with the path and the rule. {@code
 * $validate} is answered here, with 200 and what there is to say: a resource with faults was asked
 * about, not sent.
 */
@Component
@Interceptor
class Validation extends RequestValidatingInterceptor implements FhirInterceptor {

  private static final String VALIDATE = "$validate";
  private static final String MESSAGE = "$process-message";
  private static final String ASK =
      "Send the resource, or Parameters with the parameter 'resource'.";
  private static final List<String> MODES = List.of("create", "update", "profile");
  private static final int OK = 200;
  private static final Set<RequestTypeEnum> WITH_BODY =
      EnumSet.of(RequestTypeEnum.POST, RequestTypeEnum.PUT, RequestTypeEnum.PATCH);

  private final Conformance conformance;
  private final List<ExpectedProfiles> expected;

  Validation(Conformance conformance, List<ExpectedProfiles> expected) {
    this.conformance = conformance;
    this.expected = expected;
    setValidator(conformance.validator());
    setFailOnSeverity(ResultSeverityEnum.ERROR);
    setAddResponseHeaderOnSeverity(null);
  }

  @Override
  public boolean incomingRequestPostProcessed(
      RequestDetails request, HttpServletRequest http, HttpServletResponse response) {
    if (!VALIDATE.equals(request.getOperation())) {
      // What comes with a GET or HEAD is not read. A message is kept as it came; what is stored of
      // it is validated then.
      return !WITH_BODY.contains(request.getRequestType())
          || MESSAGE.equals(request.getOperation())
          || super.incomingRequestPostProcessed(request, http, response);
    }
    if (request.loadRequestContents().length == 0) {
      throw new InvalidRequestException(ASK);
    }
    values(request, "mode").forEach(Validation::mode);
    try {
      RestfulServerUtils.streamResponseAsResource(
          request.getServer(),
          said(request),
          Set.of(),
          OK,
          false,
          request.isRespondGzip(),
          request);
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OperationOutcome said(RequestDetails request) {
    String body = new String(request.loadRequestContents(), StandardCharsets.UTF_8).strip();
    Resource sent = lenient(request.getFhirContext(), body);
    if (!(sent instanceof Parameters parameters)
        || "Parameters".equals(request.getResourceName())) {
      ofAddress(sent, request);
      return outcome(conformance.validate(body, profiles(sent, values(request, "profile"))));
    }
    parameters.getParameter().stream()
        .flatMap(parameter -> text(parameter, "mode"))
        .forEach(Validation::mode);
    ValidationResult whole = conformance.validate(body);
    Resource asked = resource(parameters);
    ofAddress(asked, request);
    Stream<String> named =
        Stream.concat(
            values(request, "profile"),
            parameters.getParameter().stream().flatMap(parameter -> text(parameter, "profile")));
    return outcome(
        whole.isSuccessful() ? conformance.validate(asked, profiles(asked, named)) : whole);
  }

  /** Who may write one type may not have the validator work on every other. */
  private static void ofAddress(Resource asked, RequestDetails request) {
    if (!asked.fhirType().equals(request.getResourceName())) {
      throw new InvalidRequestException(
          "This is %s: send it to %s/$validate.".formatted(asked.fhirType(), asked.fhirType()));
    }
  }

  private String[] profiles(Resource resource, Stream<String> named) {
    return Stream.concat(named, expected.stream().flatMap(more -> Stream.of(more.of(resource))))
        .toArray(String[]::new);
  }

  private static OperationOutcome outcome(ValidationResult result) {
    return (OperationOutcome) result.toOperationOutcome();
  }

  /** The validator tells what is wrong in it, and a parser would stop at the first. */
  private static Resource lenient(FhirContext fhirContext, String body) {
    IParser parser =
        BodyScan.isXml(body) ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
    parser.setParserErrorHandler(new LenientErrorHandler(false).disableAllErrors());
    return (Resource) parser.parseResource(body);
  }

  private static Resource resource(Parameters parameters) {
    return parameters.getParameter().stream()
        .map(ParametersParameterComponent::getResource)
        .filter(resource -> resource != null)
        .findFirst()
        .orElseThrow(() -> new InvalidRequestException(ASK));
  }

  private static Stream<String> text(ParametersParameterComponent parameter, String name) {
    return name.equals(parameter.getName())
            && parameter.getValue() instanceof PrimitiveType<?> value
            && value.hasValue()
        ? Stream.of(value.getValueAsString())
        : Stream.empty();
  }

  private static Stream<String> values(RequestDetails request, String name) {
    return Stream.ofNullable(request.getParameters().get(name)).flatMap(Stream::of);
  }

  /** R4 has delete besides, which asks whether something that is stored may be deleted. */
  private static void mode(String mode) {
    if (!MODES.contains(mode)) {
      throw new InvalidRequestException(
          "'mode' of $validate can only be %s here.".formatted(String.join(", ", MODES)));
    }
  }
}
