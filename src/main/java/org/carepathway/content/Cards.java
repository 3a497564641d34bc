package org.carepathway.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a pathway has to say in an EHR, {@code bpmn/<pathway>/cards.yaml}.
 *
 * @param prefetch hook to key to the FHIR query that the EHR is to answer beforehand
 * @param reasons code to text: why a card may be overridden
 * @param all in the order of the file
 */
public record Cards(
    Map<String, Map<String, String>> prefetch, Map<String, String> reasons, List<Card> all) {

  /** The moments that are known here. */
  public static final Set<String> HOOKS = Set.of("patient-view", "order-select", "order-sign");

  /** Of a pathway that has none. */
  static final Cards NONE = new Cards(Map.of(), Map.of(), List.of());

  /**
   * @throws IllegalArgumentException naming the card that is not whole
   */
  @SuppressWarnings("unchecked")
  static Cards parse(String yaml) {
    try {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      List<Card> all = new ArrayList<>();
      ((Map<String, Map<String, Object>>) document.get("cards"))
          .forEach((id, card) -> all.add(card(id, card)));
      return new Cards(
          (Map<String, Map<String, String>>) document.getOrDefault("prefetch", Map.of()),
          (Map<String, String>) document.getOrDefault("reasons", Map.of()),
          all);
    } catch (ClassCastException | NullPointerException | YAMLException e) {
      throw new IllegalArgumentException("needs 'cards' by their ids: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Card card(String id, Map<String, Object> card) {
    for (String needed : List.of("hooks", "when", "indicator", "summary")) {
      if (card.get(needed) == null) {
        throw new IllegalArgumentException("the card '%s' has no '%s'".formatted(id, needed));
      }
    }
    return new Card(
        id,
        Set.copyOf((List<String>) card.get("hooks")),
        !"not on the pathway".equals(card.get("for")),
        text(card.get("when")),
        ((List<Object>) card.getOrDefault("blanks", List.of())).stream().map(Cards::text).toList(),
        text(card.get("indicator")),
        text(card.get("summary")),
        card.get("detail") == null ? null : text(card.get("detail")),
        (List<String>) card.getOrDefault("tasks", List.of()),
        (List<String>) card.getOrDefault("reasons", List.of()));
  }

  private static String text(Object value) {
    return String.valueOf(value).strip();
  }

  /** What an EHR is asked to send with a hook. */
  public Map<String, String> prefetch(String hook) {
    return new LinkedHashMap<>(prefetch.getOrDefault(hook, Map.of()));
  }

  public List<Card> of(String hook) {
    return all.stream().filter(card -> card.isOf(hook)).toList();
  }
}
