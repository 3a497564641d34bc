package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {

  @Test
  void whatIsNeededComesFirst() {
    int[][] needs = {{2}, {0}, {}};
    assertThat(DependencyOrder.of(3, i -> needs[i]))
        .containsExactly(List.of(2), List.of(0), List.of(1));
  }

  @Test
  void aCircleStaysTogether() {
    int[][] needs = {{1}, {2}, {0, 3}, {}};
    List<List<Integer>> groups = DependencyOrder.of(4, i -> needs[i]);
    assertThat(groups).hasSize(2);
    assertThat(groups.get(0)).containsExactly(3);
    assertThat(groups.get(1)).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void aChainMayBeLong() {
    int size = 200_000;
    List<List<Integer>> groups =
        DependencyOrder.of(size, i -> i + 1 < size ? new int[] {i + 1} : new int[0]);
    assertThat(groups).hasSize(size);
    assertThat(groups.get(0)).containsExactly(size - 1);
  }

  /** Whatever refers to whatever: all are there once, and none before what it needs. */
  @Test
  void holdsForAnyNet() {
    Random random = new Random(17);
    for (int run = 0; run < 200; run++) {
      int size = 1 + random.nextInt(30);
      int[][] needs =
          IntStream.range(0, size)
              .mapToObj(i -> random.ints(random.nextInt(4), 0, size).filter(n -> n != i).toArray())
              .toArray(int[][]::new);
      Set<Integer> done = new HashSet<>();
      for (List<Integer> group : DependencyOrder.of(size, i -> needs[i])) {
        assertThat(done).doesNotContainAnyElementsOf(group);
        done.addAll(group);
        for (int member : group) {
          assertThat(done).containsAll(Arrays.stream(needs[member]).boxed().toList());
        }
      }
      assertThat(done).hasSize(size);
    }
  }
}
