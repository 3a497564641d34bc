package org.carepathway.rehearsal;

import java.util.List;

/**
 * What chance decides on a random patient's way, drawn beforehand. When the draws are used up, each
 * choice is the usual one; so a shorter list, and smaller numbers in it, make a simpler patient.
 */
final class Choices {

  static final int LARGEST_DRAW = 9_999;

  private final List<Integer> draws;
  private int next;

  Choices(List<Integer> draws) {
    this.draws = draws;
  }

  /** From 0, the usual choice, to bound - 1. */
  int below(int bound) {
    return next < draws.size() ? draws.get(next++) % bound : 0;
  }

  /** True so many times in a thousand. */
  boolean chance(int permille) {
    return below(1000) >= 1000 - permille;
  }

  <T> T of(List<T> options) {
    return options.get(below(options.size()));
  }
}
