package org.carepathway.database;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.EncodingEnum;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** While the database does not answer, requests are answered at once: 503 and when to try again. */
final class OutageAnswers extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(OutageAnswers.class);

  private final DatabaseWatch watch;
  private final OutagePage page;
  private final FhirContext fhirContext;

  OutageAnswers(DatabaseWatch watch, OutagePage page, FhirContext fhirContext) {
    this.watch = watch;
    this.page = page;
    this.fhirContext = fhirContext;
  }

  /** The probes tell of the outage themselves. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return path(request).startsWith("/actuator/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (watch.isAway()) {
      answer(request, response);
      return;
    }
    try {
      chain.doFilter(request, response);
    } catch (ServletException | IOException | RuntimeException fault) {
      if (response.isCommitted() || !watch.explains(fault)) {
        throw fault;
      }
      LOG.warn("A request failed, as the database does not answer: {}", fault.getMessage());
      response.reset();
      answer(request, response);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (accepts(request, MediaType.TEXT_EVENT_STREAM_VALUE)) {
      // A browser opens a stream again only when it ended well.
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.getWriter().print("retry: " + Outage.RETRY_AFTER.toMillis() + "\n\n");
      return;
    }
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
    response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(Outage.RETRY_AFTER.toSeconds()));
    if (path(request).matches("/fhir(/.*)?")) {
      fhir(request, response);
    } else {
      page.write(request, response);
    }
  }

  private void fhir(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean xml =
        accepts(request, "xml")
            || String.valueOf(request.getParameter(Constants.PARAM_FORMAT)).contains("xml");
    IParser parser = xml ? fhirContext.newXmlParser() : fhirContext.newJsonParser();
    response.setContentType(
        (xml ? EncodingEnum.XML : EncodingEnum.JSON).getResourceContentTypeNonLegacy());
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.getWriter().print(parser.encodeResourceToString(Outage.outcome()));
  }

  private static boolean accepts(HttpServletRequest request, String type) {
    return String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(type);
  }

  private static String path(HttpServletRequest request) {
    return request.getRequestURI().substring(request.getContextPath().length());
  }
}
