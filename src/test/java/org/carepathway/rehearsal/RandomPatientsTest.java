package org.carepathway.rehearsal;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The invariants hold for patients that nobody thought of. */
class RandomPatientsTest {

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void invariantsHold(@ForAll("draws") List<Integer> draws) throws Exception {
    Rehearsal stage = Rehearsal.open();
    String pathway =
        stage.catalogue.offered().stream()
            .filter(content -> !content.plan().hasRelatedArtifact())
            .findFirst()
            .orElseThrow()
            .key();
    RandomWalk.travel(stage, new UsualAnswers(pathway), new Choices(draws));
  }

  @Provide
  Arbitrary<List<Integer>> draws() {
    return Arbitraries.integers()
        .between(0, Choices.LARGEST_DRAW)
        .withDistribution(net.jqwik.api.RandomDistribution.uniform())
        .list()
        .ofMaxSize(2_000);
  }
}
