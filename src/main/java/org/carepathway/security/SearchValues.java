package org.carepathway.security;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which modifiers and values go with a search parameter. The store passes over a modifier that it
 * does not know and takes each value of {@code :missing} for one of two, so that the answer would
 * be that of another search (R4, 3.1.1.4.5: a server refuses modifiers that it does not support).
 */
record SearchValues(SearchableBy searchable) {

  private static final String MISSING = "missing";
  private static final String ID = "_id";
  private static final List<String> MISSING_OR_NOT = List.of("true", "false");
  private static final Set<String> OF_INCLUDES = Set.of("_include", "_revinclude");

  /** They need a terminology server: the store expands value sets that it may not have. */
  private static final Set<String> OF_TERMINOLOGY =
      Set.of("in", "not-in", "above", "below", "text");

  /** An id of R4, with its type where the sender has a reference at hand. */
  private static final Pattern ONE_ID = Pattern.compile("([A-Z][A-Za-z]+/)?[A-Za-z0-9.-]{1,64}");

  /**
   * @param modified the modifier with its colon; empty for none
   */
  void check(String type, String name, String modified, String[] values) {
    String modifier = modified.replaceFirst("^:", "");
    if (!modified.isEmpty()) {
      modifier(type, name, modifier);
    }
    if (modifier.equals(MISSING)) {
      missing(name, values);
    } else if (name.equals(ID)) {
      ids(values);
    }
  }

  private void modifier(String type, String name, String modifier) {
    Set<String> taken = taken(type, name);
    if (taken.contains(modifier)) {
      return;
    }
    if (OF_TERMINOLOGY.contains(modifier) && searchable.isToken(type, name)) {
      throw new InvalidRequestException(
          "The modifier ':%s' is not taken with '%s': expand the value set and search by its codes, with commas between them."
              .formatted(modifier, name));
    }
    throw new InvalidRequestException(
        "The modifier ':%s' is not taken with '%s'. These are taken: %s."
            .formatted(modifier, name, taken.isEmpty() ? "-" : String.join(", ", taken)));
  }

  private Set<String> taken(String type, String name) {
    if (OF_INCLUDES.contains(name)) {
      return Set.of("iterate");
    }
    if (type.equals(FhirAccess.AUDIT) || name.startsWith("_")) {
      return name.equals("_tag") || name.equals(ID) ? Set.of("not") : Set.of();
    }
    return searchable.parameter(type, name).map(SearchValues::taken).orElse(Set.of());
  }

  private static Set<String> taken(RuntimeSearchParam parameter) {
    Set<String> taken = new TreeSet<>(Set.of(MISSING));
    RestSearchParameterTypeEnum kind = parameter.getParamType();
    switch (kind) {
      case STRING -> taken.add("exact");
      case TOKEN -> taken.add("not");
      case URI -> taken.addAll(Set.of("above", "below"));
      case REFERENCE -> taken.addAll(parameter.getTargets());
      default -> {}
    }
    return taken;
  }

  private static void missing(String name, String[] values) {
    if (values.length != 1 || !MISSING_OR_NOT.contains(values[0])) {
      throw new InvalidRequestException(
          "'%s:missing' takes one value, true or false.".formatted(name));
    }
  }

  private static void ids(String[] values) {
    Arrays.stream(values)
        .flatMap(value -> Arrays.stream(value.split(",")))
        .filter(value -> !value.isBlank() && !ONE_ID.matcher(value.strip()).matches())
        .findFirst()
        .ifPresent(
            value -> {
              throw new InvalidRequestException(
                  "'_id' takes ids of 1 to 64 letters, digits, '-' and '.', and one of these is none.");
            });
  }
}
