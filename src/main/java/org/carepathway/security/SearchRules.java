package org.carepathway.security;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a search may ask by: what is declared for its type, and no chain. */
record SearchRules(FhirRights rights, SearchableBy searchable, SearchValues values) {

  private static final Set<String> INCLUDES = Set.of("_include", "_revinclude");
  private static final String EVERYTHING = "*";

  SearchRules(FhirRights rights, SearchableBy searchable) {
    this(rights, searchable, new SearchValues(searchable));
  }

  void check(RequestDetails request) {
    String type = request.getResourceName();
    request.getParameters().forEach((name, values) -> check(type, name, values));
    inWordsOfTheStore(request);
  }

  private void check(String type, String parameter, String[] values) {
    String name = parameter.replaceAll(":.*", "");
    if (parameter.contains(".") || !rights.maySearchBy(type, name)) {
      throw unknown(type, parameter);
    }
    this.values.check(type, name, parameter.substring(name.length()), values);
    if (INCLUDES.contains(name)) {
      Arrays.stream(values).forEach(value -> include(type, name, value));
    }
    if (name.equals("_sort")) {
      Arrays.stream(values)
          .flatMap(sort -> Arrays.stream(sort.split(",")))
          .map(sort -> sort.replaceFirst("^-", ""))
          .filter(sort -> !rights.maySearchBy(type, sort))
          .findFirst()
          .ifPresent(
              sort -> {
                throw unknown(type, sort);
              });
    }
  }

  /** The audit has a table of its own: nothing comes along with it. */
  private void include(String type, String name, String value) {
    String[] parts = value.split(":", -1);
    boolean taken =
        !type.equals(FhirAccess.AUDIT)
            && (value.equals(EVERYTHING)
                || parts.length >= 2 && parts.length <= 3 && isReference(parts[0], parts[1]));
    if (!taken) {
      throw new InvalidRequestException(
          "'%s=%s' is not taken with %s: it must be * or Type:parameter, as the CapabilityStatement lists them."
              .formatted(name, value, type));
    }
  }

  private boolean isReference(String type, String name) {
    return rights.isServed(type) && searchable.isReference(type, name);
  }

  private void inWordsOfTheStore(RequestDetails request) {
    String type = request.getResourceName();
    Map<String, String[]> parameters = new LinkedHashMap<>();
    request
        .getParameters()
        .forEach(
            (name, values) ->
                parameters.merge(
                    SearchableBy.stored(type, name),
                    values,
                    (one, other) ->
                        Stream.of(one, other).flatMap(Arrays::stream).toArray(String[]::new)));
    parameters.computeIfPresent(
        "_sort",
        (name, values) ->
            Arrays.stream(values).map(value -> sort(type, value)).toArray(String[]::new));
    // To ask the same twice asks no more, and the store takes it for a mistake of its own.
    parameters.replaceAll(
        (name, values) -> Arrays.stream(values).distinct().toArray(String[]::new));
    request.setParameters(parameters);
  }

  private static String sort(String type, String value) {
    return Arrays.stream(value.split(","))
        .map(
            one ->
                one.startsWith("-")
                    ? '-' + SearchableBy.stored(type, one.substring(1))
                    : SearchableBy.stored(type, one))
        .collect(Collectors.joining(","));
  }

  private BaseServerResponseException unknown(String type, String parameter) {
    return new ForbiddenOperationException(
        "You may not search %s by '%s' here. These are taken: %s."
            .formatted(
                type,
                parameter.replaceAll("=.*", ""),
                String.join(", ", rights.searchableBy(type))));
  }
}
