package org.carepathway.chart;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.engine.model.Diagram;
import org.carepathway.engine.model.Diagram.Kind;
import org.carepathway.engine.model.Diagram.Node;

/**
 * The way through a process on which a patient comes to the most other processes: who leaves it
 * earlier, such as by a refusal, has left the usual way. Ways back are none.
 */
final class UsualWay {

  private final Diagram diagram;
  private final Map<String, Integer> most = new HashMap<>();
  private final Set<String> here = new HashSet<>();

  private UsualWay(Diagram diagram) {
    this.diagram = diagram;
  }

  /** Ids of the nodes on it. */
  static Set<String> of(Diagram diagram) {
    UsualWay way = new UsualWay(diagram);
    Set<String> followers = new HashSet<>();
    diagram.nodes().forEach(node -> followers.addAll(node.next()));
    String at =
        diagram.nodes().stream()
            .filter(node -> !node.aside() && !followers.contains(node.id()))
            .map(Node::id)
            .collect(Collectors.toMap(id -> id, way::calls))
            .entrySet()
            .stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(null);
    Set<String> on = new HashSet<>();
    while (at != null && on.add(at)) {
      at = way.best(at, on);
    }
    return on;
  }

  /** How many processes are called from here on, this node included. */
  private int calls(String id) {
    Integer known = most.get(id);
    if (known != null || !here.add(id)) {
      return known == null ? -1 : known;
    }
    Node node = diagram.node(id).orElseThrow();
    int after = node.next().stream().mapToInt(this::calls).max().orElse(0);
    here.remove(id);
    int all = Math.max(after, 0) + (node.kind() == Kind.CALL ? 1 : 0);
    most.put(id, all);
    return all;
  }

  private String best(String id, Set<String> on) {
    String best = null;
    for (String next : diagram.node(id).orElseThrow().next()) {
      if (!on.contains(next) && (best == null || most.get(next) > most.get(best))) {
        best = next;
      }
    }
    return best;
  }
}
