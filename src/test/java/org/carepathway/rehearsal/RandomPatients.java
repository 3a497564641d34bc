package org.carepathway.rehearsal;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.content.PathwayContent;
import org.carepathway.engine.BlankedFacts;

/**
 * Sends random patients down every pathway; all invariants must hold after each step. Each patient
 * follows from a number: {@code -Drandom.patients} says how many, {@code -Drandom.seed} the first
 * number, and {@code -Drandom.policy=7} sets a third of the policy's values at random within their
 * bounds, the same ones for the same number. One in four patients goes a pathway that inherits.
 * With {@code -Drandom.blank=true} each fact that a decision knew on the way is blanked in turn:
 * the outcome may be no more permissive.
 */
public final class RandomPatients {

  private static final int ONE_IN = 4;

  private RandomPatients() {}

  public static void main(String[] arguments) throws Exception {
    int patients = Integer.getInteger("random.patients", 1_000);
    long seed = Long.getLong("random.seed", System.currentTimeMillis());
    System.exit(travel(Rehearsal.open(), patients, seed) ? 0 : 1);
  }

  /** Whether no invariant broke; what broke is printed. */
  static boolean travel(Rehearsal stage, int patients, long seed) throws Exception {
    boolean clean = true;
    for (PathwayContent content : stage.catalogue.offered()) {
      int some = inherited(content).isEmpty() ? patients - patients / ONE_IN : patients / ONE_IN;
      BlankedFacts blanked = Boolean.getBoolean("random.blank") ? blanked(content) : null;
      clean &= travel(new Cohort(stage, usual(content), seed, blanked), content.key(), some);
      if (blanked != null) {
        System.out.printf("%s: %d facts blanked%n", content.key(), blanked.blanked());
      }
    }
    return clean;
  }

  private static BlankedFacts blanked(PathwayContent content) throws Exception {
    return new BlankedFacts(
        Stream.concat(Stream.of(content.key()), inherited(content).stream())
            .map(pathway -> Path.of("bpmn", pathway))
            .toList());
  }

  /** The answers that people usually give in a pathway and in those that it inherits from. */
  static UsualAnswers usual(PathwayContent content) throws Exception {
    List<String> pathways = new ArrayList<>(List.of(content.key()));
    pathways.addAll(inherited(content));
    return new UsualAnswers(pathways.toArray(String[]::new));
  }

  private static boolean travel(Cohort cohort, String pathway, int patients)
      throws InterruptedException {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    cohort.travel(patients, Runtime.getRuntime().availableProcessors());
    System.out.print(pathway + ": ");
    cohort.report(System.out, (machine.getProcessCpuTime() - cpu) / 1e9);
    return cohort.faults().isEmpty();
  }

  private static List<String> inherited(PathwayContent content) {
    return content.plan().getRelatedArtifact().stream()
        .map(artifact -> artifact.getResource().replaceAll(".*/|\\|.*", ""))
        .toList();
  }
}
