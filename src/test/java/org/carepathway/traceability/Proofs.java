package org.carepathway.traceability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.carepathway.invariant.Invariants;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What scenarios, cases and invariants say that they prove. */
final class Proofs {

  private final Map<String, Set<String>> proofs = new TreeMap<>();

  /** Of all pathways' content. */
  Proofs() throws IOException {
    for (Path file : files(".yaml")) {
      Object document = yaml(file);
      if (file.toString().contains("/scenarios/")) {
        prove(document, "scenario " + name(file));
      } else if (file.toString().contains("/cases/")) {
        for (Object one : (List<?>) document) {
          prove(one, "cases " + name(file));
          ((List<?>) ((Map<?, ?>) one).get("rules"))
              .forEach(rule -> add(rule.toString(), "cases " + name(file)));
        }
      }
    }
    section("also").forEach((id, named) -> ((List<?>) named).forEach(one -> add(id, "" + one)));
    Invariants.ALL.forEach(
        invariant -> invariant.proves().forEach(id -> add(id, "invariant " + invariant.name())));
  }

  /** A rule is also proved where its row is: D3-M1 stands for D3-M1a and D3-M1b. */
  Set<String> ofRule(String rule) {
    Set<String> found = new TreeSet<>(of(rule));
    String row = rule.replaceFirst("(?<=\\d)[a-zA-Z]{1,2}$", "");
    found.addAll(of(row));
    return found;
  }

  Set<String> of(String id) {
    return proofs.getOrDefault(id, Set.of());
  }

  /** Ids that something claims to prove. */
  Set<String> claimed() {
    return proofs.keySet();
  }

  /** Decision to its rules, of all tables. */
  static Map<String, List<String>> rules() throws IOException {
    Map<String, List<String>> rules = new LinkedHashMap<>();
    for (Path file : files(".dmn")) {
      rules.put(
          file.getParent().getFileName() + "/" + file.getFileName(),
          java.util.regex.Pattern.compile("<rule id=\"([^\"]+)\"")
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1))
              .toList());
    }
    return rules;
  }

  /** Kind to id to what it says. */
  static Map<String, Map<String, Object>> claims() throws IOException {
    Map<String, Map<String, Object>> claims = new LinkedHashMap<>();
    claims.put("Claims of the founding document", section("claims"));
    claims.put("Exception paths", section("exceptions"));
    return claims;
  }

  /** Of claims.yaml: {@code also} names further proofs, {@code why} says why there is no more. */
  static Map<String, Object> section(String name) throws IOException {
    Map<String, Map<String, Object>> all =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(Path.of("src/test/resources/traceability/claims.yaml")));
    return all.get(name);
  }

  private void prove(Object document, String by) {
    if (document instanceof Map<?, ?> map && map.get("proves") instanceof List<?> ids) {
      ids.forEach(id -> add(id.toString(), by));
    }
  }

  private void add(String id, String by) {
    proofs.computeIfAbsent(id, any -> new TreeSet<>()).add(by);
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("bpmn"))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static Object yaml(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".yaml", "");
  }
}
