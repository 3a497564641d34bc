package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;

/**
 * The invariants hold for patients that nobody thought of. A patient whom jqwik finds is made as
 * simple as it can be; {@code -Drandom.patients=100000} sends many, each known by its seed, {@code
 * -Drandom.seed} begins at another, and {@code -Drandom.policy=7} sets a third of the policy's
 * values at random within their bounds, the same ones for the same number.
 */
class RandomPatientsTest {

  private static final boolean MANY = System.getProperty("random.patients") != null;
  private static final int PATIENTS = Integer.getInteger("random.patients", 120);
  private static final long SEED =
      Long.getLong("random.seed", MANY ? System.currentTimeMillis() : 1);

  @Property(
      tries = 20,
      seed = "1",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void invariantsHold(@ForAll("draws") List<Integer> draws) throws Exception {
    Rehearsal stage = Rehearsal.open();
    RandomWalk.travel(stage, usual(stage), new Choices(draws));
  }

  @Provide
  Arbitrary<List<Integer>> draws() {
    return Arbitraries.integers()
        .between(0, Choices.LARGEST_DRAW)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMaxSize(2_000);
  }

  /**
   * As many as were asked for; otherwise the same few each time, so that a build can be repeated.
   */
  @Example
  void invariantsHoldForMany() throws Exception {
    Rehearsal stage = Rehearsal.open();
    Cohort cohort = new Cohort(stage, usual(stage), SEED);
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    cohort.travel(PATIENTS, Runtime.getRuntime().availableProcessors());
    cohort.report(System.out, (machine.getProcessCpuTime() - cpu) / 1e9);
    assertThat(cohort.faults()).isEmpty();
  }

  /** The pathway that inherits has its own consent, procedure and policy. */
  @Example
  void invariantsHoldForKyphoplasty() throws Exception {
    Rehearsal stage = Rehearsal.open();
    Cohort cohort = new Cohort(stage, new UsualAnswers("kyphoplasty", "vertebroplasty"), SEED);
    cohort.travel(Math.max(20, PATIENTS / 3), Runtime.getRuntime().availableProcessors());
    cohort.report(System.out, 0);
    assertThat(cohort.faults()).isEmpty();
  }

  private static UsualAnswers usual(Rehearsal stage) throws Exception {
    return new UsualAnswers(
        stage.catalogue.offered().stream()
            .filter(content -> !content.plan().hasRelatedArtifact())
            .findFirst()
            .orElseThrow()
            .key());
  }
}
