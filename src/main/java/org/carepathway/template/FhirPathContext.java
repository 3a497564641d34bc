package org.carepathway.template;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.StringType;

/**
 * The environment variables of an expression ({@code %record}, {@code %patient} ...). Immutable:
 * each {@code with} gives a new context. A variable is a list; one that is known but has no value
 * is an empty list, one that is not known is an error when it is used.
 */
public final class FhirPathContext {

  /** Names that FHIRPath or the engine gives a value itself (FHIRPath 2.0, 9; FHIR R4 2.9.1.6). */
  private static final Set<String> RESERVED =
      Set.of("context", "rootResource", "sct", "loinc", "ucum", "us-zip");

  private final ZoneId zone;
  private final Map<String, List<Base>> values;

  private FhirPathContext(ZoneId zone, Map<String, List<Base>> values) {
    this.zone = zone;
    this.values = values;
  }

  /**
   * Starts a context at a moment of the pathway's clock, with an empty {@code %resource}.
   *
   * @param now becomes {@code %now} (dateTime, whole seconds, with the offset) and {@code %today}
   *     (the date in that zone)
   */
  public static FhirPathContext at(ZonedDateTime now) {
    ZonedDateTime second = now.truncatedTo(ChronoUnit.SECONDS);
    return new FhirPathContext(now.getZone(), Map.of())
        .with("resource", List.of())
        .with("now", new DateTimeType(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(second)))
        .with("today", new DateType(second.toLocalDate().toString()));
  }

  /** This context and one variable more; null means "known, without a value". */
  public FhirPathContext with(String name, Base value) {
    return with(name, value == null ? List.of() : List.of(value));
  }

  /** This context and one string variable more; null means "known, without a value". */
  public FhirPathContext with(String name, String value) {
    return with(name, value == null ? null : new StringType(value));
  }

  /**
   * This context and one variable more.
   *
   * @throws IllegalArgumentException for a name that FHIRPath keeps for itself
   */
  public FhirPathContext with(String name, List<? extends Base> value) {
    if (isReserved(name)) {
      throw new IllegalArgumentException(
          "%" + name + " is reserved by FHIRPath, choose another name");
    }
    Map<String, List<Base>> more = new LinkedHashMap<>(values);
    more.put(name, List.copyOf(value));
    return new FhirPathContext(zone, more);
  }

  /** The zone of the pathway's clock. */
  public ZoneId zone() {
    return zone;
  }

  static boolean isReserved(String name) {
    return RESERVED.contains(name) || name.startsWith("`");
  }

  /** The names of all variables, without the percent sign. */
  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** The value of a variable, or null when it is not known. */
  public List<Base> value(String name) {
    return values.get(name);
  }
}
