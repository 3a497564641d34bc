package org.carepathway.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carepathway.content.Policy;
import org.carepathway.content.PolicyValue;

/**
 * A policy as some hospital might set it, {@code -Drandom.policy=<seed>}; the usual one without.
 */
final class RandomPolicy {

  private static final Path POLICY = Path.of("bpmn/vertebroplasty/policy.yaml");
  private static final int ONE_IN = 3;

  private RandomPolicy() {}

  /** Settings for the start of the service, for both pathways. */
  static List<String> arguments() {
    Long seed = Long.getLong("random.policy");
    if (seed == null) {
      return List.of();
    }
    Random random = new Random(seed);
    Policy policy = read();
    Map<String, String> chosen = new LinkedHashMap<>();
    policy.values().values().stream()
        .filter(value -> value.min() != null)
        .filter(value -> random.nextInt(ONE_IN) == 0)
        .forEach(value -> choose(policy, chosen, value.name(), between(value, random).toString()));
    List<String> settings =
        chosen.entrySet().stream().map(one -> one.getKey() + '=' + one.getValue()).toList();
    System.out.printf("policy of seed %d: %s%n", seed, settings);
    return List.of("vertebroplasty", "kyphoplasty").stream()
        .flatMap(
            pathway -> settings.stream().map(one -> "--carepathway.policy." + pathway + '.' + one))
        .toList();
  }

  /** One that contradicts what was chosen before is left as it was: no service starts with it. */
  private static void choose(Policy policy, Map<String, String> chosen, String name, String value) {
    chosen.put(name, value);
    try {
      policy.with(chosen);
    } catch (IllegalArgumentException contradiction) {
      chosen.remove(name);
    }
  }

  private static Object between(PolicyValue value, Random random) {
    double share = random.nextDouble();
    if (value.min() instanceof Long min) {
      return min + Math.round(share * ((Long) value.max() - min));
    }
    if (value.min() instanceof Double min) {
      return Math.round(10 * (min + share * ((Double) value.max() - min))) / 10.0;
    }
    long min = minutes(value.min().toString());
    return Duration.ofMinutes(min + Math.round(share * (minutes(value.max().toString()) - min)));
  }

  private static long minutes(String iso) {
    if (iso.contains("T")) {
      return Duration.parse(iso).toMinutes();
    }
    Period period = Period.parse(iso);
    return 24L * 60 * (period.toTotalMonths() * 30 + period.getDays());
  }

  private static Policy read() {
    try {
      return Policy.parse(Files.readString(POLICY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
