package org.carepathway.fhir;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Headers and paging that HAPI would stumble over: 400 that names them. */
@Component
@Interceptor
class OddHeaders implements FhirInterceptor {

  private static final Pattern VERSION = Pattern.compile("(W/)?\"\\d{1,9}\"|\\d{1,9}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /** HAPI's own: they would change a version that is stored, or pass over a check of its. */
  private static final List<String> OF_STORE =
      List.of(
          "X-Rewrite-History",
          "X-Upsert-Extistence-Check",
          "X-Cascade",
          "X-Retry-On-Version-Conflict");

  private static final Pattern ODD_RESULTS = Pattern.compile("max-results=(?!\\d{1,9}\\b)");
  private static final List<String> NUMBERS =
      List.of("_offset", "_count", "_getpagesoffset", "_maxresults");

  private static final Map<String, List<String>> CHOICES =
      Map.of(
          "_summary", List.of("true", "text", "data", "count", "false"),
          "_total", List.of("none", "estimate", "accurate"));
  private static final Pattern ANSWERED = Pattern.compile("(?<!nd)json\\b|xml\\b|html\\b|\\*");
  private static final Pattern RETURN =
      Pattern.compile("(?<![\\w-])return=(minimal|representation|OperationOutcome)(?![\\w-])");
  private static final Pattern OTHER = Pattern.compile("turtle|ttl|rdf");
  private static final int NOT_ACCEPTABLE = 406;

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void check(RequestDetails request) {
    String match = request.getHeader("If-Match");
    if (match != null && !VERSION.matcher(match.strip()).matches()) {
      throw new InvalidRequestException("The header If-Match must be a version such as W/\"1\".");
    }
    OF_STORE.stream()
        .filter(name -> request.getHeader(name) != null)
        .findFirst()
        .ifPresent(
            name -> {
              throw new InvalidRequestException("The header %s is not taken.".formatted(name));
            });
    String cache = request.getHeader(HttpHeaders.CACHE_CONTROL);
    if (cache != null && ODD_RESULTS.matcher(cache).find()) {
      throw new InvalidRequestException(
          "max-results in Cache-Control must be a number from 0 to 999999999.");
    }
    date("If-Modified-Since", request.getHeader("If-Modified-Since"));
    NUMBERS.forEach(name -> number(name, request.getParameters().get(name)));
    CHOICES.forEach((name, taken) -> choice(name, taken, request.getParameters().get(name)));
    format(request);
    prefer(request);
    if (request.getHeader("If-Unmodified-Since") != null) {
      throw new InvalidRequestException(
          "The header If-Unmodified-Since is not taken; name the version in If-Match of a write.");
    }
  }

  /**
   * What is not known is passed over (RFC 7240, 2); HAPI stumbles over some, after it has stored.
   */
  private static void prefer(RequestDetails request) {
    List<String> all = request.getHeaders(Constants.HEADER_PREFER);
    if (!all.isEmpty()) {
      request.setHeaders(
          Constants.HEADER_PREFER,
          RETURN
              .matcher(String.join(",", all))
              .results()
              .limit(1)
              .map(MatchResult::group)
              .toList());
    }
  }

  /** Whoever asks for a summary by another word would get the whole. */
  private static void choice(String name, List<String> taken, String[] values) {
    if (values != null && !taken.containsAll(List.of(values))) {
      throw new InvalidRequestException(
          "'%s' takes one of %s.".formatted(name, String.join(", ", taken)));
    }
  }

  /** HAPI could answer in Turtle: nobody here tests it, and its library takes seconds to load. */
  private static void format(RequestDetails request) {
    String[] formats = request.getParameters().get("_format");
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean asked =
        formats == null
            ? accept == null || !OTHER.matcher(accept).find() || ANSWERED.matcher(accept).find()
            : Arrays.stream(formats).allMatch(format -> ANSWERED.matcher(format).find());
    if (!asked) {
      throw new UnclassifiedServerFailureException(
          NOT_ACCEPTABLE,
          "Answers are %s or %s; ask for one of them."
              .formatted(Constants.CT_FHIR_JSON_NEW, Constants.CT_FHIR_XML_NEW));
    }
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
