package org.carepathway.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

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
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The invariants hold for patients that nobody thought of, the same ones each time, so that a build
 * can be repeated. A patient whom jqwik finds is made as simple as it can be. {@link
 * RandomPatients} sends others.
 */
@Tag("rehearsal")
class RandomPatientsTest {

  private static final int PATIENTS = 180;

  private static Rehearsal stage;
  private static UsualAnswers usual;

  @BeforeContainer
  static void open() throws Exception {
    stage = Rehearsal.open();
    usual = RandomPatients.usual(stage.catalogue.offered().iterator().next());
  }

  @Property(
      tries = 20,
      seed = "1",
      edgeCases = EdgeCasesMode.NONE,
      shrinking = ShrinkingMode.BOUNDED)
  void invariantsHold(@ForAll("draws") List<Integer> draws) {
    RandomWalk.travel(stage, usual, new Choices(draws));
  }

  @Provide
  Arbitrary<List<Integer>> draws() {
    return Arbitraries.integers()
        .between(0, Choices.LARGEST_DRAW)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMaxSize(2_000);
  }

  @Example
  void invariantsHoldForMany() throws Exception {
    assertThat(RandomPatients.travel(stage, PATIENTS, 1)).as("see the output").isTrue();
  }
}
