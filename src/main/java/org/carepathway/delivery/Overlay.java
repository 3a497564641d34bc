package org.carepathway.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.carepathway.outbox.Rung;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.io.ApplicationResourceLoader;
import org.springframework.core.io.Resource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a vendor's EHR does otherwise than its capability statement says.
 *
 * @param types resource type to what may be written of it; a type that is not there may not be
 *     written. Null where the capability statement alone counts
 * @param withoutIdentifier types that are not found by our identifier, whatever the statement says
 * @param ladder resource type to the rungs that are tried, in this order; a type that is not there
 *     has all of them
 * @param codes code of an OperationOutcome to what it means
 */
record Overlay(
    String name,
    Map<String, Set<String>> types,
    Set<String> withoutIdentifier,
    Map<String, List<Rung>> ladder,
    Map<String, Meaning> codes) {

  private static final Set<String> DELIVERED = Set.of("epic", "oracle", "meditech", "plain");
  private static final Set<String> INTERACTIONS = Set.of("create", "update");
  private static final Set<String> KEYS =
      Set.of("name", "source", "write", "without-identifier", "ladder", "codes");

  /** What a code of an EHR means. */
  enum Meaning {
    /** It is there already: look for it. */
    DUPLICATE,
    RETRY,
    CONFIGURATION,
    POLICY,
    CLINICAL
  }

  /**
   * @param vendor one of those delivered, or where the site's own file is
   * @param setting that names it
   * @throws StartUpException where it cannot be read or is not whole
   */
  static Overlay read(String vendor, String setting) {
    String location = DELIVERED.contains(vendor) ? "classpath:vendors/" + vendor + ".yaml" : vendor;
    Resource file = ApplicationResourceLoader.get().getResource(location);
    try {
      return parse(file.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new StartUpException(
          setting + " cannot be read: " + vendor,
          "Name one of "
              + DELIVERED.stream().sorted().toList()
              + ", or a file of yours as file:/path/own.yaml (docs/ehr.md).",
          e);
    } catch (IllegalArgumentException e) {
      throw new StartUpException(
          setting + ", " + location + ": " + e.getMessage() + ".",
          "Mend it; those delivered are in src/main/resources/vendors and docs/ehr.md.",
          e);
    }
  }

  /**
   * @throws IllegalArgumentException naming what is wrong
   */
  @SuppressWarnings("unchecked")
  static Overlay parse(String yaml) {
    try {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      for (String key : document.keySet()) {
        require(KEYS.contains(key), "'" + key + "' is not known, only " + sorted(KEYS));
      }
      require(document.get("name") != null, "needs 'name'");
      return new Overlay(
          document.get("name").toString(),
          types((Map<String, List<String>>) document.get("write")),
          Set.copyOf((List<String>) document.getOrDefault("without-identifier", List.of())),
          ladder((Map<String, List<String>>) document.getOrDefault("ladder", Map.of())),
          codes((Map<Object, String>) document.getOrDefault("codes", Map.of())));
    } catch (ClassCastException | NullPointerException | YAMLException e) {
      throw new IllegalArgumentException("is no table of names and lists", e);
    }
  }

  private static Map<String, Set<String>> types(Map<String, List<String>> written) {
    if (written == null) {
      return null;
    }
    Map<String, Set<String>> types = new TreeMap<>();
    written.forEach(
        (type, interactions) -> {
          require(
              INTERACTIONS.containsAll(interactions),
              "write." + type + " has other words than " + sorted(INTERACTIONS));
          types.put(type, Set.copyOf(interactions));
        });
    return types;
  }

  private static Map<String, List<Rung>> ladder(Map<String, List<String>> written) {
    return written.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                one ->
                    one.getValue().stream()
                        .map(word -> word(Rung.class, "ladder." + one.getKey(), word))
                        .toList()));
  }

  private static Map<String, Meaning> codes(Map<Object, String> written) {
    return written.entrySet().stream()
        .collect(
            Collectors.toMap(
                one -> one.getKey().toString(),
                one -> word(Meaning.class, "codes." + one.getKey(), one.getValue())));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String where, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: '%s' is none of %s"
              .formatted(
                  where,
                  word,
                  List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT)),
          e);
    }
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException(what);
    }
  }

  /** Whether this may be tried, as far as the vendor is known. */
  boolean allows(String type, String interaction) {
    return types == null || types.getOrDefault(type, Set.of()).contains(interaction);
  }
}
