package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.BooleanSupplier;
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
 * simple as it can be; {@code -Drandom.patients=100000} sends many, each known by its seed, and
 * {@code -Drandom.seed} begins at another.
 */
class RandomPatientsTest {

  private static final int PATIENTS = Integer.getInteger("random.patients", 2_000);
  private static final long SEED = Long.getLong("random.seed", System.currentTimeMillis());
  private static final boolean ALL = System.getProperty("random.patients") != null;
  private static final long NORMAL_SECONDS = 60;

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
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

  /** As many as were asked for; otherwise as many as a minute holds. */
  @Example
  void invariantsHoldForMany() throws Exception {
    Rehearsal stage = Rehearsal.open();
    Cohort cohort = new Cohort(stage, usual(stage), SEED);
    long end = System.nanoTime() + NORMAL_SECONDS * 1_000_000_000L;
    BooleanSupplier stop = () -> !ALL && System.nanoTime() > end;
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    cohort.travel(PATIENTS, Runtime.getRuntime().availableProcessors(), stop);
    cohort.report(System.out, (machine.getProcessCpuTime() - cpu) / 1e9);
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
