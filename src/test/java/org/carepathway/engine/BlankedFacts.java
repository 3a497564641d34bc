package org.carepathway.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carepathway.content.Policy;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Type;

/**
 * Blanks in turn each fact that a decision knew along the way of a patient: the outcome may be no
 * more permissive than it was. For threads of several patients.
 */
public final class BlankedFacts {

  private record Tables(DecisionTables tables, Map<String, Strictness> strictness) {}

  private final List<Tables> pathways = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private int blanked;

  /**
   * @param folders of the pathway and of what it inherits from
   */
  public BlankedFacts(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      pathways.add(
          new Tables(
              new DecisionTables(folder),
              Strictness.parse(Files.readString(folder.resolve("strictness.yaml")))));
    }
  }

  /** How many facts were blanked so far. */
  public synchronized int blanked() {
    return blanked;
  }

  /**
   * @param evidence what a decision knew
   * @return the facts without which it would have let more happen
   */
  public synchronized List<String> faults(GuidanceResponse evidence, Policy policy) {
    String decision = evidence.getModuleCanonicalType().getValue().replaceAll(".*/|\\|.*", "");
    Tables of =
        pathways.stream()
            .filter(some -> some.tables().rules().containsKey(decision))
            .findFirst()
            .orElseThrow();
    Map<String, Object> facts = facts(evidence, of.tables().labels(decision));
    if (!seen.add(decision + facts)) {
      return List.of();
    }
    facts.put("policy", policy.feel());
    Strictness strictness = of.strictness().get(decision);
    DecisionOutcome known = of.tables().evaluate(decision, facts);
    List<String> faults = new ArrayList<>();
    for (String fact : List.copyOf(facts.keySet())) {
      Object value = facts.get(fact);
      if (value == null || fact.equals("policy") || strictness.but().containsKey(fact)) {
        continue;
      }
      facts.put(fact, null);
      blanked++;
      DecisionOutcome unknown = of.tables().evaluate(decision, facts);
      facts.put(fact, value);
      if (strictness.permits(unknown) > strictness.permits(known)) {
        faults.add(
            "%s: with %s = %s %s, without it %s"
                .formatted(decision, fact, value, known.rules(), unknown.rules()));
      }
    }
    return faults;
  }

  private static Map<String, Object> facts(GuidanceResponse evidence, Map<String, String> labels) {
    Map<String, Object> facts = new HashMap<>();
    labels.values().forEach(variable -> facts.put(variable, null));
    evidence.getContained().stream()
        .filter(inside -> inside.getIdPart().equals("inputs"))
        .flatMap(inside -> ((Parameters) inside).getParameter().stream())
        .filter(input -> labels.containsKey(input.getName()))
        .forEach(input -> facts.put(labels.get(input.getName()), plain(input.getValue())));
    return facts;
  }

  private static Object plain(Type value) {
    if (value instanceof BooleanType truth) {
      return truth.getValue();
    }
    if (value instanceof IntegerType number) {
      return number.getValue().longValue();
    }
    if (value instanceof DecimalType number) {
      return number.getValue().doubleValue();
    }
    return value == null ? null : value.primitiveValue();
  }
}
