package org.carepathway.content;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the hospital's systems receive of a pathway and when, {@code bpmn/<pathway>/sent.yaml}. It
 * is not part of a version: a patient who is on an older one has what the table says now.
 *
 * @param kinds in the order of the file: the first that fits counts
 * @param loop where the referral stands, in the order of the file: the first that fits counts
 */
public record SentTable(List<SentKind> kinds, List<LoopRow> loop) {

  static final String FILE = "sent.yaml";

  /** Of a pathway of which nothing is sent. */
  public static final SentTable NONE = new SentTable(List.of(), List.of());

  /**
   * @throws IllegalArgumentException naming what is not whole
   */
  @SuppressWarnings("unchecked")
  public static SentTable parse(String yaml) {
    try {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      Map<String, Map<String, Object>> rows =
          (Map<String, Map<String, Object>>) document.get("sent");
      return new SentTable(
          rows.entrySet().stream().map(row -> kind(row.getKey(), row.getValue())).toList(),
          ((List<Map<String, Object>>) document.getOrDefault("loop", List.of()))
              .stream().map(SentTable::loop).toList());
    } catch (ClassCastException | NullPointerException | YAMLException e) {
      throw new IllegalArgumentException("needs 'sent' with rows by name, each with its values", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static SentKind kind(String name, Map<String, Object> row) {
    return new SentKind(
        name,
        required(name, row, "resource"),
        required(name, row, "when"),
        (Map<String, String>) row.getOrDefault("title", Map.of()),
        ((List<Map<String, String>>) row.getOrDefault("text", List.of()))
            .stream().map(line -> new SentKind.Line(line, line.get("value"))).toList(),
        required(name, row, "by"),
        duration(name, required(name, row, "within")));
  }

  private static LoopRow loop(Map<String, Object> row) {
    String state = required("loop", row, "state");
    Object within = row.get("within");
    return new LoopRow(
        state,
        required("loop, " + state, row, "resource"),
        required("loop, " + state, row, "when"),
        (String) row.get("reason"),
        (String) row.get("by"),
        within == null ? null : duration("loop, " + state, within.toString()));
  }

  private static String required(String name, Map<String, Object> row, String key) {
    if (row.get(key) == null) {
      throw new IllegalArgumentException("%s: needs '%s'".formatted(name, key));
    }
    return row.get(key).toString();
  }

  private static Duration duration(String name, String written) {
    try {
      return Duration.parse(written);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s: 'within' is no duration such as P1D or PT4H: %s".formatted(name, written), e);
    }
  }

  /**
   * The row that sends a resource; empty where none does.
   *
   * @param holds whether the condition of a row holds for it
   */
  public Optional<SentKind> of(Resource resource, Predicate<SentKind> holds) {
    return kinds.stream()
        .filter(kind -> kind.resource().equals(resource.fhirType()))
        .filter(holds)
        .findFirst();
  }

  /** The row of this name; empty where it is there no more. */
  public Optional<SentKind> find(String name) {
    return kinds.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }
}
