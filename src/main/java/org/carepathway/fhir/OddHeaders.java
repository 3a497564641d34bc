package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Headers and paging that HAPI would stumble over: 400 that names them. */
@Component
@Interceptor
class OddHeaders implements FhirInterceptor {

  private static final Pattern VERSION = Pattern.compile("(W/)?\"\\d{1,9}\"|\\d{1,9}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
  private static final List<String> DATES = List.of("If-Modified-Since", "If-Unmodified-Since");
  private static final List<String> NUMBERS =
      List.of("_offset", "_count", "_getpagesoffset", "_maxresults");

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void check(RequestDetails request) {
    String match = request.getHeader("If-Match");
    if (match != null && !VERSION.matcher(match.strip()).matches()) {
      throw new InvalidRequestException("The header If-Match must be a version such as W/\"1\".");
    }
    DATES.forEach(name -> date(name, request.getHeader(name)));
    NUMBERS.forEach(name -> number(name, request.getParameters().get(name)));
  }

  private static void date(String name, String value) {
    if (value != null) {
      try {
        DateTimeFormatter.RFC_1123_DATE_TIME.parse(value);
      } catch (DateTimeException e) {
        throw new InvalidRequestException(
            "The header %s must be a time such as Sun, 06 Nov 1994 08:49:37 GMT.".formatted(name));
      }
    }
  }

  private static void number(String name, String[] values) {
    if (values == null) {
      return;
    }
    for (String value : values) {
      if (!NUMBER.matcher(value).matches()) {
        throw new InvalidRequestException(
            "'%s' must be a number from 0 to 999999999.".formatted(name));
      }
    }
  }
}
