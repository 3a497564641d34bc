package org.carepathway.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Puts what is referred to before what refers to it. Those that refer to each other in a circle,
 * such as an encounter and its diagnosis, stay together. By Tarjan's search for strongly connected
 * components, which finds them in this order; without recursion, for chains may be long.
 */
final class DependencyOrder {

  private final IntFunction<int[]> dependencies;
  private final Map<Integer, Integer> found = new HashMap<>();
  private final Map<Integer, Integer> lowest = new HashMap<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final boolean[] isOpen;
  private final List<List<Integer>> groups = new ArrayList<>();

  private DependencyOrder(int size, IntFunction<int[]> dependencies) {
    this.dependencies = dependencies;
    this.isOpen = new boolean[size];
  }

  /**
   * @param size how many there are, from 0
   * @param dependencies those that one refers to
   * @return groups of those that need each other, each after those that it needs
   */
  static List<List<Integer>> of(int size, IntFunction<int[]> dependencies) {
    DependencyOrder order = new DependencyOrder(size, dependencies);
    for (int i = 0; i < size; i++) {
      if (!order.found.containsKey(i)) {
        order.visit(i);
      }
    }
    return order.groups;
  }

  private void visit(int first) {
    Deque<Visit> visits = new ArrayDeque<>();
    visits.push(begin(first));
    while (!visits.isEmpty()) {
      Visit visit = visits.peek();
      if (visit.next < visit.needs.length) {
        int needed = visit.needs[visit.next++];
        if (!found.containsKey(needed)) {
          visits.push(begin(needed));
        } else if (isOpen[needed]) {
          lowest.merge(visit.at, found.get(needed), Math::min);
        }
      } else {
        visits.pop();
        if (!visits.isEmpty()) {
          lowest.merge(visits.peek().at, lowest.get(visit.at), Math::min);
        }
        end(visit.at);
      }
    }
  }

  private Visit begin(int at) {
    found.put(at, found.size());
    lowest.put(at, found.get(at));
    open.push(at);
    isOpen[at] = true;
    return new Visit(at, dependencies.apply(at));
  }

  private void end(int at) {
    if (lowest.get(at).equals(found.get(at))) {
      List<Integer> group = new ArrayList<>();
      int member;
      do {
        member = open.pop();
        isOpen[member] = false;
        group.add(member);
      } while (member != at);
      Collections.reverse(group);
      groups.add(group);
    }
  }

  private static final class Visit {

    private final int at;
    private final int[] needs;
    private int next;

    private Visit(int at, int[] needs) {
      this.at = at;
      this.needs = needs;
    }
  }
}
