package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * A search of which a part would be passed over finds more than was asked for, and a condition of
 * which a part would be passed over something else: 400.
 */
@Component
@Interceptor
class OddSearches implements FhirInterceptor {

  /** Where Tomcat keeps that it has left out a parameter. */
  private static final String LEFT_OUT = "org.apache.catalina.parameter_parse_failed";

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void check(RequestDetails request) {
    if (request.getHeaders("If-None-Exist").size() > 1) {
      throw new InvalidRequestException("The header If-None-Exist is taken once.");
    }
    if (request instanceof ServletRequestDetails details) {
      HttpServletRequest http = details.getServletRequest();
      if (request.getRequestType() == RequestTypeEnum.POST
          && http.getRequestURI().endsWith("/_search")
          && http.getContentLength() > 0
          && !isForm(http.getContentType())) {
        throw new InvalidRequestException(
            "A posted search has its parameters in a form (application/x-www-form-urlencoded), or in the address.");
      }
      if (http.getAttribute(LEFT_OUT) != null || !isEscaped(http.getQueryString())) {
        throw new InvalidRequestException(
            "A parameter cannot be read: write each % as %25, and texts in UTF-8.");
      }
    }
  }

  private static boolean isEscaped(String query) {
    return query == null || SearchUrls.isEscaped(query);
  }

  private static boolean isForm(String type) {
    return type != null
        && type.strip()
            .toLowerCase(Locale.ROOT)
            .startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
  }
}
