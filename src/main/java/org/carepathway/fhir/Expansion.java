package org.carepathway.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/** Pages of an expanded value set. */
record Expansion(ValueSet expanded) {

  private static final int MOST = 1000;

  /**
   * @param filter part of a display or code, in any case; null for all
   * @param offset of the first code; null for 0
   * @param count at most so many; null for 1,000, which is the most
   */
  ValueSet page(StringType filter, IntegerType offset, IntegerType count) {
    String part =
        filter == null || filter.isEmpty() ? "" : filter.getValue().toLowerCase(Locale.ROOT);
    List<ValueSetExpansionContainsComponent> found =
        expanded.getExpansion().getContains().stream().filter(code -> has(code, part)).toList();
    int from = number("offset", offset, 0);
    int most = Math.min(MOST, number("count", count, MOST));
    ValueSet page = expanded.copy();
    page.getExpansion()
        .setIdentifier("urn:uuid:" + UUID.randomUUID())
        .setTimestamp(new Date())
        .setTotal(found.size())
        .setOffset(from)
        .setContains(found.stream().skip(from).limit(most).toList());
    return page;
  }

  private static boolean has(ValueSetExpansionContainsComponent code, String part) {
    return Stream.of(code.getDisplay(), code.getCode())
        .filter(Objects::nonNull)
        .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(part));
  }

  private static int number(String name, IntegerType given, int otherwise) {
    if (given == null || given.getValue() == null) {
      return otherwise;
    }
    if (given.getValue() < 0) {
      throw new InvalidRequestException("'%s' cannot be negative.".formatted(name));
    }
    return given.getValue();
  }
}
