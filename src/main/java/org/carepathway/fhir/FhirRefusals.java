package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.http.HttpStatus;

/** Refusals at {@code /fhir} before HAPI sees the request: an OperationOutcome, as everywhere. */
public final class FhirRefusals {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private FhirRefusals() {}

  public static boolean isFor(HttpServletRequest request) {
    return isFor(request.getRequestURI());
  }

  public static boolean isFor(String path) {
    return path != null && (path.equals("/fhir") || path.startsWith("/fhir/"));
  }

  /** As bytes of JSON. */
  public static byte[] json(IssueType type, String text) {
    return FHIR.newJsonParser()
        .encodeResourceToString(Refusal.outcome(type, null, text))
        .getBytes(StandardCharsets.UTF_8);
  }

  public static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      IssueType type,
      String text)
      throws IOException {
    boolean xml = String.valueOf(request.getHeader("Accept")).contains("fhir+xml");
    IParser parser = xml ? FHIR.newXmlParser() : FHIR.newJsonParser();
    response.setStatus(status.value());
    response.setContentType(xml ? "application/fhir+xml" : "application/fhir+json");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getWriter().write(parser.encodeResourceToString(Refusal.outcome(type, null, text)));
  }
}
