package org.carepathway.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what can be sent together next to each other: entries with an id of their own and those that
 * the service names go in parts of their own, and a list of practitioners, each with their role,
 * would make a part of every entry. Within a file all that waits for nobody's name goes first, then
 * what waits for those, and so on.
 */
final class TurnOrder {

  private final Sources sources;
  private final Map<Entry, Integer> turns = new IdentityHashMap<>();

  TurnOrder(Sources sources) {
    this.sources = sources;
  }

  /**
   * @param groups each after those that it needs
   * @return the same, each still after those that it needs
   */
  List<List<Entry>> of(List<List<Entry>> groups) {
    List<List<Entry>> ordered = new ArrayList<>();
    List<List<Entry>> ofFile = new ArrayList<>();
    for (List<Entry> group : groups) {
      int turn = turn(group);
      group.forEach(entry -> turns.put(entry, turn));
      if (!ofFile.isEmpty() && ofFile.get(0).get(0).file() != group.get(0).file()) {
        ordered.addAll(inTurn(ofFile));
        ofFile.clear();
      }
      ofFile.add(group);
    }
    ordered.addAll(inTurn(ofFile));
    return ordered;
  }

  /** Even for those that the service names, odd for the others; never before what it needs. */
  private int turn(List<Entry> group) {
    int own = sources.isUnnamed(group) ? 0 : 1;
    int after =
        group.stream()
            .flatMap(sources::needed)
            .filter(turns::containsKey)
            .mapToInt(turns::get)
            .max()
            .orElse(own);
    return after + (after + own) % 2;
  }

  private List<List<Entry>> inTurn(List<List<Entry>> groups) {
    return groups.stream()
        .sorted(Comparator.comparingInt(group -> turns.get(group.get(0))))
        .toList();
  }
}
