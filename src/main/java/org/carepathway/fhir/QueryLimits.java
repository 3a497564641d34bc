package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * How much one search may ask. Each repetition of a parameter is a join, and PostgreSQL plans for
 * minutes over some hundred of them, also after the client has left. Holds for an address, a posted
 * search and the conditions inside bundles and references.
 */
@Component
@Interceptor
class QueryLimits implements FhirInterceptor {

  static final int MOST_PARAMETERS = 20;
  static final int MOST_REPETITIONS = 5;
  static final int MOST_INCLUDES = 10;
  static final int MOST_VALUES = 300;
  static final int LONGEST_VALUE = 8_000;
  static final int LONGEST_QUERY = 16_000;

  private static final Set<String> INCLUDES = Set.of("_include", "_revinclude");
  private static final Set<RestSearchParameterTypeEnum> NUMBERS =
      EnumSet.of(RestSearchParameterTypeEnum.NUMBER, RestSearchParameterTypeEnum.QUANTITY);

  private final FhirContext fhirContext;

  QueryLimits(FhirContext fhirContext) {
    this.fhirContext = fhirContext;
  }

  @Hook(Pointcut.SERVER_INCOMING_REQUEST_PRE_HANDLER_SELECTED)
  public void request(RequestDetails request) {
    check(request.getParameters());
    numbers(request.getResourceName(), request.getParameters());
    condition(request.getHeader("If-None-Exist"));
  }

  /**
   * @param url of a search, or its query; null for none
   */
  static void condition(String url) {
    if (url != null) {
      most(LONGEST_QUERY, url.length(), "characters in a search");
      if (!SearchUrls.isEscaped(url)) {
        throw new InvalidRequestException(
            "The condition '%s' cannot be read: write each %% as %%25.".formatted(url));
      }
      check(UrlUtil.parseQueryString(url.replaceFirst("^[^?]*\\?", "")));
    }
  }

  static void check(Map<String, String[]> parameters) {
    Map<String, Integer> repeated = new HashMap<>();
    int includes = 0;
    int values = 0;
    int length = 0;
    for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
      String name = parameter.getKey().replaceFirst("[:.].*", "");
      for (String value : parameter.getValue()) {
        length += parameter.getKey().length() + value.length() + 2;
        storable(parameter.getKey() + value);
        most(LONGEST_VALUE, value.length(), "characters in the value of '" + name + "'");
        values += 1 + (int) value.chars().filter(c -> c == ',').count();
      }
      if (INCLUDES.contains(name)) {
        includes += parameter.getValue().length;
      } else {
        repeated.merge(name, parameter.getValue().length, Integer::sum);
      }
    }
    most(LONGEST_QUERY, length, "characters in a search");
    most(MOST_INCLUDES, includes, "_include and _revinclude");
    repeated.forEach((name, times) -> most(MOST_REPETITIONS, times, "times '" + name + "'"));
    most(
        MOST_PARAMETERS,
        repeated.values().stream().mapToInt(Integer::intValue).sum(),
        "parameters in a search");
    most(MOST_VALUES, values, "values in a search, counting those between commas");
  }

  private static void storable(String text) {
    if (!Storable.allows(text)) {
      throw new InvalidRequestException("A search: " + Storable.RULE);
    }
  }

  private void numbers(String type, Map<String, String[]> parameters) {
    parameters.forEach(
        (name, values) -> {
          if (isNumber(type, name.replaceFirst("[:.].*", ""))
              && Arrays.stream(values)
                  .flatMap(value -> Arrays.stream(value.split("[,|$]")))
                  .anyMatch(value -> !NumberLimit.allows(value.replaceFirst("^[a-z]{2}", "")))) {
            throw new InvalidRequestException("'%s': %s".formatted(name, NumberLimit.RULE));
          }
        });
  }

  private boolean isNumber(String type, String name) {
    if (type == null || !fhirContext.getResourceTypes().contains(type)) {
      return false;
    }
    RuntimeSearchParam known = fhirContext.getResourceDefinition(type).getSearchParam(name);
    return known != null && NUMBERS.contains(known.getParamType());
  }

  private static void most(int limit, int found, String what) {
    if (found > limit) {
      throw new InvalidRequestException(
          "At most %d %s are taken; these are %d.".formatted(limit, what, found));
    }
  }
}
