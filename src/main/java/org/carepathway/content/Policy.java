package org.carepathway.content;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The values of a pathway that a hospital may set otherwise, {@code bpmn/<pathway>/policy.yaml}.
 *
 * @param effective since when they hold; null where there are none
 * @param values name to value, in the order of the file
 * @param sums what limits that follow one another may add up to
 */
public record Policy(LocalDate effective, Map<String, PolicyValue> values, List<PolicySum> sums) {

  /** Of a pathway that has no policy values. */
  public static final Policy NONE = new Policy(null, Map.of(), List.of());

  private static final List<String> EVIDENCE = List.of("E1", "E2", "MEM", "LOCAL");

  /**
   * @throws IllegalArgumentException naming the value that is not whole
   */
  @SuppressWarnings("unchecked")
  public static Policy parse(String yaml) {
    try {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      Map<String, PolicyValue> values = new LinkedHashMap<>();
      ((Map<String, Map<String, Object>>) document.get("values"))
          .forEach((name, value) -> values.put(name, value(name, value)));
      return new Policy(date(document.get("effective")), values, sums(document.get("sums")));
    } catch (ClassCastException | NullPointerException e) {
      throw new IllegalArgumentException("needs 'effective' and 'values' by name", e);
    }
  }

  /**
   * This policy as a hospital sets it.
   *
   * @param own name to value as text
   * @throws IllegalArgumentException for a name that is not known, a value that does not fit, or
   *     two that contradict each other
   */
  public Policy with(Map<String, String> own) {
    Map<String, PolicyValue> set = new LinkedHashMap<>(values);
    own.forEach((name, text) -> set.put(name, known(name).set(text)));
    Policy policy = new Policy(effective, set, sums);
    set.values().stream()
        .filter(value -> value.atMost() != null)
        .forEach(value -> value.requireAtMost(policy.known(value.atMost())));
    sums.forEach(sum -> sum.require(set));
    return policy;
  }

  /** This policy with another one's values added; of two with one name the other's holds. */
  Policy and(Policy other) {
    Map<String, PolicyValue> all = new LinkedHashMap<>(values);
    all.putAll(other.values);
    return new Policy(
        other.effective, all, Stream.concat(sums.stream(), other.sums.stream()).toList());
  }

  /** For FEEL, as the variable {@code policy}: {@code policy.nrsMin}. */
  public Map<String, Object> feel() {
    Map<String, Object> context = new HashMap<>();
    values.values().forEach(value -> context.put(value.camelCase(), value.value()));
    return context;
  }

  /** For FHIRPath: {@code %policy} is its parameters. */
  public Parameters parameters() {
    Parameters parameters = new Parameters();
    values
        .values()
        .forEach(v -> parameters.addParameter().setName(v.name()).setValue(fhir(v.value())));
    return parameters;
  }

  /**
   * @throws IllegalArgumentException when there is no such value
   */
  PolicyValue known(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no policy value '%s', only %s".formatted(name, values.keySet()));
    }
    return values.get(name);
  }

  private static PolicyValue value(String name, Map<String, Object> written) {
    for (String key : List.of("value", "source", "evidence", "meaning")) {
      if (written.get(key) == null) {
        throw new IllegalArgumentException("%s: needs '%s'".formatted(name, key));
      }
    }
    String evidence = text(written.get("evidence"));
    if (!EVIDENCE.contains(evidence) || !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException(
          "%s: needs a name in kebab-case and evidence of %s".formatted(name, EVIDENCE));
    }
    return new PolicyValue(
        name,
        plain(written.get("value")),
        plain(written.get("value")),
        text(written.get("unit")),
        plain(written.get("min")),
        plain(written.get("max")),
        choices(written.get("one-of")),
        text(written.get("at-most")),
        text(written.get("source")),
        evidence,
        text(written.get("meaning")));
  }

  private static Object plain(Object value) {
    if (value == null || value instanceof Boolean || value instanceof Double) {
      return value;
    }
    return value instanceof Number number ? (Object) number.longValue() : value.toString();
  }

  @SuppressWarnings("unchecked")
  private static List<PolicySum> sums(Object written) {
    return written == null
        ? List.of()
        : ((Map<String, Map<String, Object>>) written)
            .entrySet().stream()
                .map(
                    sum ->
                        new PolicySum(
                            sum.getKey(),
                            text(sum.getValue().get("at-most")),
                            (List<String>) sum.getValue().get("of")))
                .toList();
  }

  private static List<String> choices(Object written) {
    return written == null
        ? List.of()
        : ((List<?>) written).stream().map(Object::toString).toList();
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  /** YAML reads a date as midnight UTC. */
  private static LocalDate date(Object value) {
    return ((Date) Objects.requireNonNull(value))
        .toInstant()
        .atOffset(ZoneOffset.UTC)
        .toLocalDate();
  }

  private static Type fhir(Object value) {
    if (value instanceof Boolean truth) {
      return new BooleanType(truth);
    }
    if (value instanceof Long number) {
      return new IntegerType(number);
    }
    return value instanceof Double number
        ? new DecimalType(number.toString())
        : new StringType(value.toString());
  }
}
